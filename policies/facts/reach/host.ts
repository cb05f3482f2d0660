import { recordIn } from "../../../contracts/json.ts";
import { lookupInAll } from "../../engine/lookup.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { Value } from "../../engine/value.ts";
import { TYPE } from "../resource-types.ts";
import { settingsOf } from "../workloads.ts";
import { clusterOf } from "./cluster.ts";
import { passes, type Pod } from "./network-policy.ts";
import { admits } from "./security-group.ts";
import { rangesOf, vpcOf } from "./subnets.ts";

/** A workload as the network and IAM see it, whether it is a Deployment on EKS, an AgentCore runtime or a Lambda function. */
export interface Host {
  readonly placed: Placed;
  /** Its role, where it has one and a plan declares it. */
  readonly role: Placed | undefined;
  readonly vpcId: string | undefined;
  /** Where its addresses are. */
  readonly ranges: readonly string[];
  readonly groupIds: readonly string[];
  /** Whether it may send to this other end by TCP. */
  readonly sends: (
    end: { readonly ranges: readonly string[]; readonly groupIds: readonly string[] },
    port: number,
  ) => boolean;
}

/** The role with an ARN. */
export function roleOf(platform: Platform, arn: string | undefined): Placed | undefined {
  const found = arn === undefined ? undefined : platform.ofArn(arn);
  return found?.resource.type === TYPE.role ? found : undefined;
}

/** The value of an environment variable of a workload. */
export function variableOf({ placed: { resource } }: Host, name: string): string | undefined {
  return settingsOf(resource)
    .find((it) => it.name === name)
    ?.read();
}

/** The JSON object in an environment variable of a workload; an empty one where there is none. */
export function objectOf(host: Host, name: string): Readonly<Record<string, unknown>> {
  return recordIn(variableOf(host, name) ?? "{}");
}

/** A workload that is an AgentCore runtime, a Lambda function or a Deployment. */
export function hostOf(platform: Platform, placed: Placed): Host {
  const { resource: it } = placed;
  if (it.type === TYPE.runtime) {
    const network = it.list("networkConfiguration.networkModeConfig")[0];
    return interfaceHost(platform, placed, { role: "roleArn", network, subnets: "subnets", groups: "securityGroups" });
  }
  if (it.type !== TYPE.function) return podHost(platform, placed);
  const network = it.list("vpcConfig")[0];
  return interfaceHost(platform, placed, { role: "role", network, subnets: "subnetIds", groups: "securityGroupIds" });
}

/** How a type names its role and its interfaces in a network. */
interface Interfaces {
  readonly role: string;
  readonly network: Value | undefined;
  readonly subnets: string;
  readonly groups: string;
}

function interfaceHost(platform: Platform, placed: Placed, { role, network, subnets, groups }: Interfaces): Host {
  const subnetIds = network?.texts(subnets) ?? [];
  const groupIds = network?.texts(groups) ?? [];
  return {
    placed,
    role: roleOf(platform, placed.resource.text(role)),
    vpcId: vpcOf(platform, subnetIds),
    ranges: rangesOf(platform, subnetIds),
    groupIds,
    sends: (end, port) => admits(platform, groupIds, "egress", { end, port }),
  };
}

function podHost(platform: Platform, placed: Placed): Host {
  const cluster = clusterOf(platform, placed);
  const subnetIds = cluster?.resource.texts("vpcConfig.subnetIds") ?? [];
  const policies = networkPoliciesOf(platform, placed);
  const pod = podOf(placed);
  return {
    placed,
    role: roleOf(platform, associationOf(platform, placed)?.resource.text("roleArn")),
    vpcId: vpcOf(platform, subnetIds),
    ranges: rangesOf(platform, subnetIds),
    groupIds: [],
    sends: ({ ranges }, number) =>
      ranges.every((address) =>
        passes(policies, "egress", { pod, peer: { address }, port: { protocol: "TCP", number } }),
      ),
  };
}

/** The pods of a Deployment, as network policies see them. */
export function podOf({ resource: it }: Placed): Pod {
  const labels = it.entries("spec.template.metadata.labels").map(([key, value]) => [key, value.text() ?? ""] as const);
  return { namespace: it.text("metadata.namespace") ?? "default", labels: Object.fromEntries(labels) };
}

/** The network policies of a Deployment's namespace and cluster. */
export function networkPoliciesOf(platform: Platform, placed: Placed): readonly Placed[] {
  return policiesByNamespace(platform).all(namespaceKey(placed));
}

const policiesByNamespace = lookupInAll([TYPE.networkPolicy, TYPE.namePolicy], namespaceKey);

/** A namespace in the cluster of the stack's region. */
function namespaceKey({ resource, stack }: Placed): string {
  return `${stack.region ?? ""} ${resource.text("metadata.namespace") ?? "default"}`;
}

/** The pod identity association of a Deployment's service account. */
export function associationOf(platform: Platform, placed: Placed): Placed | undefined {
  const namespace = placed.resource.text("metadata.namespace") ?? "default";
  const account = placed.resource.text("spec.template.spec.serviceAccountName") ?? "default";
  const cluster = clusterOf(platform, placed)?.resource.text("name");
  if (cluster === undefined) return undefined;
  return associations(platform).find(JSON.stringify([placed.stack.region, cluster, namespace, account]))[0];
}

const associations = lookupInAll([TYPE.podIdentityAssociation], ({ resource: it, stack }) =>
  JSON.stringify([stack.region, it.text("clusterName"), it.text("namespace"), it.text("serviceAccount")]),
);
