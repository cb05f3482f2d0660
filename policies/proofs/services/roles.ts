import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { clusterOf } from "../../facts/reach/cluster.ts";
import { roleOf } from "../../facts/reach/host.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { callOn, type Deed, onBehalfOf } from "./deed.ts";

/** Who becomes the role that a resource names, and what it says of itself. */
interface Actor {
  readonly type: string;
  readonly role: string;
  readonly who: string;
  readonly tags?: boolean;
  readonly context?: (platform: Platform, it: Placed) => Readonly<Record<string, string>>;
}

const own = (output: string) => (_: Platform, it: Placed) => onBehalfOf(outputOf(it.resource, output));

/** AWS services that become roles, as the guide of each writes the trust policy. */
const ACTORS: readonly Actor[] = [
  { type: TYPE.function, role: "role", who: "lambda.amazonaws.com" },
  { type: TYPE.runtime, role: "roleArn", who: "bedrock-agentcore.amazonaws.com", context: own("agentRuntimeArn") },
  { type: TYPE.gateway, role: "roleArn", who: "bedrock-agentcore.amazonaws.com", context: own("gatewayArn") },
  { type: "aws:ec2/flowLog:FlowLog", role: "iamRoleArn", who: "vpc-flow-logs.amazonaws.com", context: own("arn") },
  { type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig", role: "role", who: "s3.amazonaws.com" },
  { type: "aws:backup/selection:Selection", role: "iamRoleArn", who: "backup.amazonaws.com" },
  {
    type: "aws:backup/restoreTestingSelection:RestoreTestingSelection",
    role: "iamRoleArn",
    who: "backup.amazonaws.com",
  },
  { type: TYPE.chatChannel, role: "iamRoleArn", who: "chatbot.amazonaws.com", context: own("chatConfigurationArn") },
  { type: TYPE.cluster, role: "roleArn", who: "eks.amazonaws.com", tags: true },
  { type: TYPE.cluster, role: "computeConfig.nodeRoleArn", who: "ec2.amazonaws.com" },
  {
    type: TYPE.podIdentityAssociation,
    role: "roleArn",
    who: "pods.eks.amazonaws.com",
    tags: true,
    context: ofPods,
  },
];

/** Services become the roles that resources name for them. */
export function roleDeeds(platform: Platform): readonly Deed[] {
  return ACTORS.flatMap((actor) => platform.ofType(actor.type).flatMap((it) => becoming(platform, actor, it)));
}

function becoming(platform: Platform, { role: path, who, tags, context }: Actor, from: Placed): readonly Deed[] {
  const role = roleOf(platform, from.resource.text(path));
  if (role === undefined) return [];
  const actions = ["sts:AssumeRole", ...(tags === true ? ["sts:TagSession"] : [])];
  const calls = actions.map((it) => callOn(it, "", context?.(platform, from)));
  const statements = statementsOf(role.resource, "assumeRolePolicy");
  return [{ who, calls, at: role, statements, why: `it is the role of "${from.resource.name}"` }];
}

/** What EKS Pod Identity says of the pods for which it asks (Amazon EKS user guide, "Pod Identity ABAC"). */
function ofPods(platform: Platform, { resource: it, stack }: Placed): Readonly<Record<string, string>> {
  const cluster = clusterOf(platform, { stack });
  const arn = cluster === undefined ? "" : outputOf(cluster.resource, "arn");
  return {
    ...onBehalfOf(arn),
    "aws:requesttag/eks-cluster-arn": arn,
    "aws:requesttag/eks-cluster-name": it.text("clusterName") ?? "",
    "aws:requesttag/kubernetes-namespace": it.text("namespace") ?? "",
    "aws:requesttag/kubernetes-service-account": it.text("serviceAccount") ?? "",
  };
}
