import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { roleOf } from "../../facts/reach/host.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { isGranted, isWithinBoundary } from "../../facts/reach/role.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { type Copied, isReplicaOf, REPLICATION, standbyIn } from "./copied.ts";

const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

/** The buckets of tenants in their own region, each with what copies it. */
export function bucketsCopied(platform: Platform): readonly Copied[] {
  return platform.stacks.flatMap((stack) => {
    const standby = standbyIn(stack);
    if (standby === undefined || stack.tenant === undefined) return [];
    return stack
      .ofType(TYPE.bucket)
      .filter((it) => it.region === stack.region)
      .map((resource) => {
        const at = { resource, stack };
        return { what: "buckets", at, standby, missing: () => missing({ at, standby, platform }) };
      });
  });
}

interface Subject extends Pick<Copied, "at" | "standby"> {
  readonly platform: Platform;
}

/** What Amazon S3 copies a bucket with. */
interface Parts extends Subject {
  readonly config: ResourceView;
  readonly copy: ResourceView;
  readonly key: string | undefined;
  readonly copyKey: string | undefined;
}

function missing(of: Subject): string | undefined {
  const { at, standby } = of;
  const parts = partsOf(of);
  if (parts === undefined) return `"${at.resource.name}" must be copied to a bucket in ${standby}.`;
  if (![at.resource, parts.copy].every((it) => keepsVersions(it, at)))
    return `"${at.resource.name}" and its copy must keep versions: Amazon S3 copies nothing else.`;
  if (!isReplicaOf(parts.copyKey, parts.key, of))
    return `"${at.resource.name}" must be copied under the replica of its key.`;
  const role = roleOf(of.platform, parts.config.text("role"));
  if (role === undefined) return `"${at.resource.name}" must be copied by a role.`;
  const refused = callsOf(parts).find(
    (it) => !isGranted(of.platform, role, it) || !isWithinBoundary(of.platform, role, it),
  );
  return refused && `"${role.resource.name}" must be allowed ${refused.action} on ${refused.resource}.`;
}

function partsOf(of: Subject): Parts | undefined {
  const { resource, stack } = of.at;
  for (const config of stack.ofType(REPLICATION)) {
    if (config.text("bucket") !== resource.text("bucket")) continue;
    const rule = config.list("rules").find((it) => it.text("status") === "Enabled");
    const arn = rule?.text("destination.bucket");
    const copy = stack.ofType(TYPE.bucket).find((it) => it.region === of.standby && outputOf(it, "arn") === arn);
    if (rule === undefined || copy === undefined) continue;
    const copyKey = rule.text("destination.encryptionConfiguration.replicaKmsKeyId");
    return { ...of, config, copy, key: keyOf(resource, of.at), copyKey };
  }
  return undefined;
}

function keyOf(bucket: ResourceView, { stack }: Placed): string | undefined {
  const encryption = stack.ofType(TYPE.bucketEncryption).find((it) => it.text("bucket") === bucket.text("bucket"));
  return encryption?.text("rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId");
}

function keepsVersions(bucket: ResourceView, { stack }: Placed): boolean {
  return stack
    .ofType(VERSIONING)
    .some(
      (it) => it.text("bucket") === bucket.text("bucket") && it.text("versioningConfiguration.status") === "Enabled",
    );
}

/** What Amazon S3 does as the role (S3 user guide, "Setting up permissions for live replication"). */
function callsOf({ at, standby, copy, key = "", copyKey = "" }: Parts): readonly Call[] {
  const arn = outputOf(at.resource, "arn");
  const account = at.stack.address.environment.account;
  const on = (resource: string, ...actions: readonly string[]): readonly Call[] =>
    actions.map((it) => ({ action: `s3:${it}`, resource, context: { "aws:resourceaccount": account } }));
  const through = (region: string) => ({ "kms:viaservice": `s3.${region}.amazonaws.com` });
  return [
    ...on(arn, "GetReplicationConfiguration", "ListBucket"),
    ...on(`${arn}/*`, "GetObjectVersionAcl", "GetObjectVersionForReplication", "GetObjectVersionTagging"),
    ...on(`${outputOf(copy, "arn")}/*`, "ReplicateDelete", "ReplicateObject", "ReplicateTags"),
    { action: "kms:Decrypt", resource: key, context: through(at.stack.region ?? "") },
    { action: "kms:Encrypt", resource: copyKey, context: through(standby) },
  ];
}
