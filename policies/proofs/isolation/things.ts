import { oncePer } from "../../engine/once-per.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { parseArn } from "../../facts/arn.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { ownerOf } from "./tenants.ts";

/** Something in AWS that has an ARN and belongs to a tenant, or to all of them: a store, a key, a log group, a workload, a role. */
export interface Thing extends Placed {
  /** The tenant in whose stack it is declared; `undefined` where that is shared. */
  readonly tenant: string | undefined;
  /** The ARNs by which documents name it, perhaps with wildcards where it has no name yet. */
  readonly arns: readonly string[];
  /** The names by which other resources refer to it. */
  readonly ids: readonly string[];
}

/** Services whose resources keep no data and run nothing: what reaches whom over the network is proved elsewhere. */
const NO_STORES: readonly string[] = ["ec2", "cloudwatch", "elasticloadbalancing", "autoscaling", "xray"];

/** The part of an ARN after the account, from the physical name, for stores whose outputs are not known yet; `?` stands for what AWS adds. */
const BY_NAME: Readonly<Record<string, readonly [service: string, input: string, prefix: string, suffix?: string]>> = {
  [TYPE.bucket]: ["s3", "bucket", ""],
  [TYPE.database]: ["rds", "clusterIdentifier", "cluster:"],
  [TYPE.function]: ["lambda", "name", "function:"],
  [TYPE.logGroup]: ["logs", "name", "log-group:"],
  [TYPE.secret]: ["secretsmanager", "name", "secret:", "-??????"],
  [TYPE.table]: ["dynamodb", "name", "table/"],
  "aws:backup/vault:Vault": ["backup", "name", "backup-vault:"],
  "aws:rds/globalCluster:GlobalCluster": ["rds", "globalClusterIdentifier", "global-cluster:"],
  "aws:rds/instance:Instance": ["rds", "identifier", "db:"],
  "aws:sns/topic:Topic": ["sns", "name", ""],
  "aws:sqs/queue:Queue": ["sqs", "name", ""],
};

/** Stores that others name by an id instead of an ARN, and the outputs that are such ids. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  [TYPE.key]: ["keyId"],
  [TYPE.replicaKey]: ["keyId"],
  [TYPE.role]: ["name"],
  [TYPE.runtime]: ["agentRuntimeId"],
  [TYPE.gateway]: ["gatewayId"],
  [TYPE.secret]: ["name"],
  [TYPE.userPool]: ["id"],
  "aws:bedrock/agentcoreMemory:AgentcoreMemory": ["id"],
  "aws:kms/alias:Alias": ["name"],
  "aws:rds/clusterSnapshot:ClusterSnapshot": ["dbClusterSnapshotIdentifier"],
  "aws:rds/snapshot:Snapshot": ["dbSnapshotIdentifier"],
  "aws:sqs/queue:Queue": ["url"],
  ...Object.fromEntries(
    Object.entries(BY_NAME)
      .filter(([type]) => type !== "aws:sqs/queue:Queue")
      .map(([type, [, input]]) => [type, [input]]),
  ),
};

/** Every such thing of the platform. */
export const things = oncePer((platform: Platform): readonly Thing[] =>
  platform.stacks.flatMap((stack) =>
    stack.ofType("aws:*").flatMap((resource) => {
      if (!resource.resource.custom) return [];
      const arns = arnsOf(resource);
      return arns.length === 0
        ? []
        : [{ resource, stack, tenant: ownerOf(stack), arns, ids: idsOf(resource) } satisfies Thing];
    }),
  ),
);

/** The things by the URNs of their resources. */
export const thingsByUrn = oncePer(
  (platform: Platform): ReadonlyMap<string, Thing> => new Map(things(platform).map((it) => [it.resource.urn, it])),
);

/** The stores of tenants whose ARN and name are not known yet: what reaches them cannot be said. */
export const unnamedStores = oncePer((platform: Platform): readonly Placed[] =>
  platform
    .ofType(...Object.keys(IDS))
    .filter(({ resource, stack }) => ownerOf(stack) !== undefined && arnsOf(resource).length === 0),
);

/** The things of tenants. */
export const tenantThings = oncePer((platform: Platform) => things(platform).filter((it) => it.tenant !== undefined));

function arnsOf(resource: ResourceView): readonly string[] {
  const known = outputsOf(resource)[ownArnOutput(resource.type)];
  const arn = typeof known === "string" ? known : derivedArn(resource);
  if (arn === undefined || NO_STORES.includes(parseArn(arn)?.service ?? "")) return [];
  return [arn, ...userArns(resource, arn)];
}

/** AgentCore calls the ARN by the kind of resource, as in `agentRuntimeArn`; most others call it `arn`. */
function ownArnOutput(type: string): string {
  const kind = /:Agentcore(\w+)$/.exec(type)?.[1];
  if (kind === undefined || kind === "Memory") return "arn";
  return `${kind.charAt(0).toLowerCase()}${kind.slice(1)}Arn`;
}

function derivedArn(resource: ResourceView): string | undefined {
  const form = BY_NAME[resource.type];
  if (form === undefined) return undefined;
  const [service, input, prefix, suffix = ""] = form;
  const name = resource.resource.inputs[input];
  if (typeof name !== "string") return undefined;
  const place = service === "s3" ? ":" : `${resource.region ?? "*"}:*`;
  return `arn:aws:${service}:${place}:${prefix}${name}${suffix}`;
}

/** IAM names the users of a database by its resource id. */
function userArns(resource: ResourceView, arn: string): readonly string[] {
  const id = outputsOf(resource)["clusterResourceId"] ?? outputsOf(resource)["resourceId"];
  if (parseArn(arn)?.service !== "rds" || typeof id !== "string") return [];
  return [`${arn.replace(":rds:", ":rds-db:").split(":").slice(0, 5).join(":")}:dbuser:${id}`];
}

function idsOf(resource: ResourceView): readonly string[] {
  const { inputs, outputs = {} } = resource.resource;
  return (IDS[resource.type] ?? []).map((it) => outputs[it] ?? inputs[it]).filter((it) => typeof it === "string");
}

function outputsOf({ resource }: ResourceView): Readonly<Record<string, unknown>> {
  return resource.outputs ?? {};
}
