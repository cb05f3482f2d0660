import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import type { Statement } from "../facts/policy-document.ts";
import { statementsOf } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";

/** Who delivers the logs and spans of a gateway, and what it does with the gateway's key (AgentCore developer guide, gateway-encryption). */
const DELIVERER = "delivery.logs.amazonaws.com";
const ACTIONS = ["kms:Decrypt", "kms:GenerateDataKey"];

export const gatewayKeysAdmitLogDelivery = rule({
  premise: 7,
  id: "gateway-keys-admit-log-delivery",
  severity: "high",
  description:
    "The key of a gateway lets CloudWatch deliver what the gateway reports, for deliveries of its own account and region alone.",
  remediation: `Allow ${DELIVERER} ${ACTIONS.join(" and ")} in the key's policy, with aws:SourceAccount and kms:EncryptionContext:SourceArn.`,
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoLogging, CONTROL.pciAuditLogs],
  subjects: {
    types: [TYPE.gateway],
    where: (it, stack) => it.has("kmsKeyArn") && stack.referrers(it, TYPE.logDeliverySource, "resourceArn").length > 0,
  },
  judge: (it, stack) => {
    const keys = stack.linked(it, "kmsKeyArn").filter(({ type }) => type === TYPE.key);
    return some(keys, (key) => some(statementsOf(key, "policy"), (statement) => admits(statement, it, stack)))
      ? undefined
      : absent(`"${it.name}" must have a key whose policy lets ${DELIVERER} use it for this account and region alone.`);
  },
});

function admits(statement: Statement, gateway: ResourceView, stack: StackIndex): boolean {
  const { allows, isInverted, principals, conditions } = statement;
  const isForDelivery = principals.some(({ kind, id }) => kind === "Service" && id === DELIVERER);
  if (!allows || isInverted || !isForDelivery || !ACTIONS.every((it) => statement.covers(it))) return false;
  const { account } = stack.address.environment;
  const demanded = [
    ["StringEquals", "aws:SourceAccount", account],
    ["StringLike", "kms:EncryptionContext:SourceArn", `arn:aws:logs:${gateway.region ?? ""}:${account}:*`],
  ];
  const has = ([operator, key, value]: readonly string[]): boolean =>
    conditions.some((it) => it.operator === operator && it.key === key && it.values.join() === value);
  return conditions.length === demanded.length && demanded.every(has);
}
