import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** A resource without which another one does nothing, or does it by AWS's defaults: its type, and how it names the other one. */
interface Part {
  readonly type: string;
  readonly input: string;
  /** The output of the other one by which it is named. */
  readonly output: string;
  /** The parts in a stack that may name a resource by this. */
  readonly of: ReturnType<typeof candidates>;
}

const part = (type: string, input: string, output: string): Part => ({
  type,
  input,
  output,
  of: candidates([type], (it) => [it.text(input)]),
});

const PARTS: Readonly<Record<string, readonly Part[]>> = {
  [TYPE.bucket]: [
    part("aws:s3/bucketVersioning:BucketVersioning", "bucket", "bucket"),
    part("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "bucket", "bucket"),
    part("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucket", "bucket"),
    part(TYPE.bucketEncryption, "bucket", "bucket"),
  ],
  [TYPE.database]: [part("aws:rds/clusterInstance:ClusterInstance", "clusterIdentifier", "clusterIdentifier")],
  [TYPE.policyEngine]: [part(TYPE.policy, "policyEngineId", "policyEngineId")],
  [TYPE.loadBalancer]: [part("aws:lb/listener:Listener", "loadBalancerArn", "arn")],
  "aws:acm/certificate:Certificate": [
    part("aws:acm/certificateValidation:CertificateValidation", "certificateArn", "arn"),
  ],
  "aws:cloudwatch/eventRule:EventRule": [part("aws:cloudwatch/eventTarget:EventTarget", "rule", "name")],
  "aws:lb/targetGroup:TargetGroup": [
    part("kubernetes:eks.amazonaws.com/v1:TargetGroupBinding", "spec.targetGroupARN", "arn"),
  ],
};

export const resourcesHaveTheirParts = rule({
  premise: 5,
  id: "resources-have-their-parts",
  severity: "high",
  description:
    "What takes effect only with another resource has it: a bucket its settings, a database an instance, a load balancer a listener, a rule a target, a policy engine a policy.",
  remediation: "Declare the resource that the finding names, beside the one that it is a part of.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration, CONTROL.isoSegregation],
  subjects: { types: Object.keys(PARTS) },
  judge: (it, stack) =>
    (PARTS[it.type] ?? []).map((part) =>
      isThere(part, it.resource.outputs?.[part.output], stack)
        ? undefined
        : absent(`"${it.name}" must have a ${part.type.split(":").at(-1) ?? ""}.`),
    ),
});

/** Whether a part names a resource; one of which the name is not known yet may be named by any. */
function isThere({ type, input, of }: Part, name: unknown, stack: StackIndex): boolean {
  if (typeof name !== "string") return some(stack.ofType(type), (one) => one.has(input));
  return some(
    of(stack, () => name),
    (one) => one.text(input) === name,
  );
}
