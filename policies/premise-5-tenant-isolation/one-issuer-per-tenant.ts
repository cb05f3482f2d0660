import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { discoveryUrls } from "../facts/realm.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { tenantOf } from "../facts/tenancy.ts";

export const oneIssuerPerTenant = rule({
  premise: 5,
  id: "one-issuer-per-tenant",
  severity: "critical",
  description: "A gateway trusts an issuer that its tenant shares with nobody: a realm or user pool of the same stack.",
  remediation: "Build `discoveryUrl` from the realm or the user pool of the tenant's own stack.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoIdentity, CONTROL.gdprByDesign],
  subjects: { types: [TYPE.gateway] },
  judge: (it, stack) =>
    trustsOwnIssuer(it, stack) ? undefined : `"${it.name}" must trust an issuer of its own stack.`,
});

function trustsOwnIssuer(it: ResourceView, stack: StackIndex): boolean {
  const input = "authorizerConfiguration";
  if (!it.has(input)) return false;
  const issuers = stack.linked(it, input).filter(({ type }) => type === TYPE.userPool || type === TYPE.realm);
  if (issuers.length > 0) return issuers.every((issuer) => tenantOfIssuer(issuer) === tenantOf(it, stack));
  return discoveryUrls(stack).includes(it.text(`${input}.customJwtAuthorizer.discoveryUrl`) ?? "");
}

/** The tenant of an issuer: a user pool names it in a tag; a realm has no tags, its name is the tenant. */
function tenantOfIssuer(issuer: ResourceView): string | undefined {
  return issuer.type === TYPE.realm ? issuer.text("realm") : issuer.tag(TAG.tenant);
}
