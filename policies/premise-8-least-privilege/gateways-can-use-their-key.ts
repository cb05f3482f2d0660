import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { type Fault, rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { TYPE } from "../facts/resource-types.ts";

/** What AgentCore does with a gateway's key as the gateway's role (AgentCore developer guide, gateway-encryption). */
const ACTIONS = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"];

export const gatewaysCanUseTheirKey = rule({
  premise: 8,
  id: "gateways-can-use-their-key",
  severity: "high",
  description:
    "The role of a gateway may do all that AgentCore needs to keep the gateway's data under its tenant's key.",
  remediation: `Grant the gateway's role ${ACTIONS.join(", ")} on the key, each by its name.`,
  frameworks: [CONTROL.isoCryptography, CONTROL.pciDataAtRest, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.gateway], where: (it) => it.has("kmsKeyArn") },
  judge: ACTIONS.map((action) => (it, stack) => granted(it, action, stack)),
});

function granted(gateway: ResourceView, action: string, stack: StackIndex): Fault {
  const grantors = stack
    .linked(gateway, "roleArn")
    .filter(({ type }) => type === TYPE.role)
    .flatMap((role) => [role, ...stack.referrers(role, TYPE.rolePolicy, "role")]);
  const key = (): string | undefined => gateway.text("kmsKeyArn");
  const isGranted = some(grantors, (grantor) =>
    some(grantsOf(grantor), (it) => it.covers(action) && !it.isInverted && it.resources.some((on) => on === key())),
  );
  return isGranted ? undefined : absent(`"${gateway.name}" must have a role that may ${action} on its key.`);
}
