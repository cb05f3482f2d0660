import { CONTROL } from "../engine/frameworks.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import { forbidsOthers, isForTenant } from "./cedar/conditions.ts";
import { type GuardedGateway, guardedGateways, type Written } from "./cedar/engines.ts";
import { type Constraint, entitiesOf } from "./cedar/parse.ts";
import { ownerOf, tenantStacks } from "./isolation/tenants.ts";

/** Whoever calls a gateway with a token. */
const CALLERS: Constraint = { op: "is", entity_type: "AgentCore::OAuthUser" };

/** For every gateway and every other tenant: no policy of Cedar permits a caller of that tenant anything. */
export const permitsStayWithTheTenant = proof({
  premise: 5,
  id: "permits-stay-with-the-tenant",
  severity: "critical",
  description:
    "No policy of a gateway permits a caller of another tenant anything, and none leaves principal, action and resource open.",
  remediation: "Name the gateway as the resource, and demand the tenant by tenant_id in the permit or by a forbid.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  prove: (platform, record) => {
    const tenants = tenantStacks(platform).size;
    for (const gateway of guardedGateways(platform, record)) {
      record.count("gateways");
      record.count("pairs of a gateway and another tenant", tenants - 1);
      judgeEngine(gateway, record);
      for (const it of gateway.policies) if (it.policy.effect === "permit") judgePermit(it, gateway, record);
    }
  },
});

/** An engine of another tenant, or with policies from another tenant's stack, decides for that tenant. */
function judgeEngine(gateway: GuardedGateway, record: Recorder): void {
  const { resource, tenant, engine, policies } = gateway;
  if (engine === undefined || ownerOf(engine.stack) !== tenant)
    record.violated(
      gateway,
      `"${resource.name}" must ask a policy engine of tenant "${tenant}", which its stacks declare.`,
    );
  if (
    engine !== undefined &&
    !policies.some((it) => forbidsOthers(it.policy, { principal: CALLERS, gateway: gateway.arn, tenant }))
  )
    record.violated(
      gateway,
      `"${resource.name}" must ask an engine that forbids everybody everything unless tenant_id is "${tenant}": no later permit outvotes it.`,
    );
  for (const { at } of policies)
    if (ownerOf(at.stack) !== tenant)
      record.violated(
        at,
        `"${at.resource.name}" must be declared by tenant "${tenant}", for whose gateway it decides.`,
        [
          `"${at.resource.name}" is in ${at.stack.name}.`,
          `Its engine decides for "${resource.name}" in ${gateway.stack.name}.`,
        ],
      );
}

function judgePermit({ at, policy }: Written, gateway: GuardedGateway, record: Recorder): void {
  const { arn, tenant, policies } = gateway;
  const { name } = at.resource;
  const { principal, action, resource } = policy;
  record.count("permits");
  if ([principal, action, resource].every(({ op }) => op === "All"))
    record.violated(at, `"${name}" must not permit everybody everything.`, [
      "Principal, action and resource are open.",
    ]);
  const on = entitiesOf(resource);
  if (on?.length !== 1 || on[0] !== arn)
    record.violated(at, `"${name}" must name the gateway "${gateway.resource.name}" as its resource, and no other.`, [
      `It permits on ${on?.join(", ") ?? "any resource"}.`,
    ]);
  if (isForTenant(policy, tenant)) return;
  if (policies.some((it) => forbidsOthers(it.policy, { principal, gateway: arn, tenant }))) return;
  record.violated(at, `"${name}" must permit callers of tenant "${tenant}" only.`, [
    `It does not demand that tenant_id is "${tenant}".`,
    `No policy of the engine forbids its principals everything unless tenant_id is "${tenant}".`,
    `So a caller of another tenant that the gateway "${gateway.resource.name}" lets in is permitted.`,
  ]);
}
