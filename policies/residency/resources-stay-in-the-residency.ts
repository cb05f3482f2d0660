import { CONTROL } from "../engine/frameworks.ts";
import { isGoverned, mayBeIn, residencyIn } from "../facts/geography.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

export const resourcesStayInTheResidency = rule({
  premise: "residency",
  id: "resources-stay-in-the-residency",
  severity: "critical",
  description: "Every AWS resource of a region or a tenant is in a region that its law of residency allows.",
  remediation: "Serve it by the stack's own provider, and leave out `region` or name one of the residency's set.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy, CONTROL.soc2Transmission],
  subjects: { types: ["aws:*", TYPE.awsProvider], where: (it, stack) => it.resource.custom && isGoverned(stack) },
  judge: (it, stack) => {
    const residency = residencyIn(stack);
    const region = it.type === TYPE.awsProvider ? it.text("region") : it.region;
    return mayBeIn(region, residency) ? undefined : `"${it.name}" must be in a region of the residency "${residency}".`;
  },
});
