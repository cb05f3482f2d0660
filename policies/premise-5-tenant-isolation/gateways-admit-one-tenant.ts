import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { some } from "../engine/three-values.ts";
import { tenantOf } from "../facts/tenancy.ts";
import type { Value } from "../engine/value.ts";

export const gatewaysAdmitOneTenant = rule({
  premise: 5,
  id: "gateways-admit-one-tenant",
  severity: "critical",
  description: "A gateway refuses every token that does not name its own tenant.",
  remediation: "Add a custom claim: `tenant_id`, STRING, EQUALS the tenant's id.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  subjects: { types: [TYPE.gateway] },
  judge: (it, stack) => {
    const tenant = tenantOf(it, stack);
    if (tenant === undefined) return `"${it.name}" must belong to one tenant.`;
    const claims = it.list("authorizerConfiguration.customJwtAuthorizer.customClaims");
    return some(claims, (claim) => admitsOnly(claim, tenant))
      ? undefined
      : `"${it.name}" must admit only tokens whose tenant_id is "${tenant}".`;
  },
});

function admitsOnly(claim: Value, tenant: string): boolean {
  return (
    claim.text("inboundTokenClaimName") === "tenant_id" &&
    claim.text("inboundTokenClaimValueType") === "STRING" &&
    claim.text("authorizingClaimMatchValue.claimMatchOperator") === "EQUALS" &&
    claim.text("authorizingClaimMatchValue.claimMatchValue.matchValueString") === tenant
  );
}
