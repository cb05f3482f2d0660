import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { issuerOf } from "../facts/identity/issuers.ts";
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
  const issuer = issuerOf(it, stack);
  const tenant = tenantOf(it, stack);
  if (issuer === undefined || tenant === undefined) return false;
  // The name of a realm is the tenant's; a pool in the tenant's stack is the tenant's unless its tag says otherwise.
  return issuer.type === TYPE.realm
    ? issuer.text("realm") === tenant
    : (issuer.tag(TAG.tenant) ?? stack.tenant) === tenant;
}
