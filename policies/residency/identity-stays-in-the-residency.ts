import { CONTROL } from "../engine/frameworks.ts";
import { isGoverned, mayBeIn, regionsIn, residencyIn } from "../facts/geography.ts";
import { rule } from "../engine/rule.ts";

export const identityStaysInTheResidency = rule({
  premise: "residency",
  id: "identity-stays-in-the-residency",
  severity: "critical",
  description: "The Keycloak that knows a tenant's users is in a region that its law of residency allows.",
  remediation: "Let the provider's `url` be the server of the stack's own region, whose host names that region.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy],
  subjects: { types: ["pulumi:providers:keycloak"], where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) => {
    const residency = residencyIn(stack);
    const url = it.text("url") ?? "";
    const regions = regionsIn(URL.canParse(url) ? new URL(url).hostname : "");
    return regions.length > 0 && regions.every((region) => mayBeIn(region, residency))
      ? undefined
      : `"${it.name}" must be the server of a region of the residency "${residency}".`;
  },
});
