import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { absent, some } from "../engine/three-values.ts";
import { byOutput, namersOf, type Naming, referenceOf, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";

const CONFIG = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig";
const ASSOCIATIONS: Naming = {
  types: ["aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"],
  input: "resourceId",
};

export const vpcsRecordNames = rule({
  premise: 3,
  id: "vpcs-record-names",
  severity: "high",
  description:
    "Every name that something in a VPC asks for leaves a record: a way out by names passes every security group.",
  remediation: "Associate the VPC with a ResolverQueryLogConfig, into a log group with a key of the same stack.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.vpc] },
  judge: (it, stack) =>
    some(namersOf(it, ASSOCIATIONS, ["id"], stack), (association) => isKept(association, stack))
      ? undefined
      : absent(`"${it.name}" must record the names that it asks for, in an encrypted log group of its own stack.`),
});

function isKept(association: ResourceView, stack: StackIndex): boolean {
  const config = referred(referenceOf(association, "resolverQueryLogConfigId"), byOutput(CONFIG, "id"), stack);
  if (config === undefined) return false;
  const group = referred(referenceOf(config, "destinationArn"), byOutput(TYPE.logGroup, "arn"), stack);
  return group?.has("kmsKeyId") === true;
}
