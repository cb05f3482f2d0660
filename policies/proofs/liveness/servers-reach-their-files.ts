import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { findBy } from "../../facts/reach/find.ts";
import { type Host, hostOf, variableOf } from "../../facts/reach/host.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { endpointOf, letsThrough } from "../../facts/reach/private-endpoint.ts";
import { admits } from "../../facts/reach/security-group.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { mcpRuntimes } from "../../facts/workloads.ts";
import { roleChecks } from "./checks/role-checks.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** Objects are reached by the gateway endpoint of S3, encrypted by S3 as the caller (Amazon S3, "SSE-KMS"). */
export const serversReachTheirFiles = proof({
  premise: 5,
  id: "servers-reach-their-files",
  severity: "high",
  description:
    "Every MCP server with a bucket reaches it, and may list, read and write its files under the bucket's key.",
  remediation:
    "Name the declared bucket, and grant its prefix, and `kms:GenerateDataKey` and `kms:Decrypt` by way of S3.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const it of platform.ofType(...mcpRuntimes.types)) {
      record.guarded(it, () => {
        const host = hostOf(platform, it);
        const name = variableOf(host, "FILES_BUCKET");
        if (name !== undefined) walk(record, "servers-reach-their-files", it, checksOf(platform, host, name));
      });
    }
  },
});

function checksOf(platform: Platform, host: Host, bucketName: string): HopChecks<"servers-reach-their-files"> {
  const { placed, role, vpcId, groupIds } = host;
  const { name } = placed.resource;
  const bucket = findBy(platform, TYPE.bucket, "id", bucketName);
  const prefix = variableOf(host, "FILES_PREFIX") ?? "";
  const endpoint = () => endpointOf(platform, vpcId, "s3");
  const account = role === undefined ? "" : (outputOf(role.resource, "arn").split(":")[4] ?? "");
  const calls = (): readonly Call[] =>
    bucket === undefined ? [] : callsOf(platform, bucket, { prefix, account: { "aws:resourceaccount": account } });
  return {
    bucket: () => cutUnless(bucket !== undefined, placed, `"${name}" must name a bucket that is declared.`),
    key: () => {
      if (bucket === undefined) return undefined;
      const key = keyOf(platform, bucket);
      const encrypts = key === undefined || (key.resource.text("keyUsage") ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT";
      return cutUnless(encrypts, bucket, `"${bucket.resource.name}" must be under a key that encrypts.`);
    },
    send: () => {
      const target = endpoint();
      if (target === undefined) return undefined;
      const end = { ranges: [], groupIds: [], prefixListId: outputOf(target.resource, "prefixListId") };
      const sends = admits(platform, groupIds, "egress", { end, port: 443 });
      return cutUnless(sends, placed, `"${name}" must be able to send to Amazon S3 on TCP 443.`);
    },
    endpoint: () =>
      cutUnless(endpoint() !== undefined, placed, `The VPC of "${name}" must have a gateway endpoint of Amazon S3.`),
    "endpoint-policy": () => {
      const target = endpoint();
      if (target === undefined || role === undefined) return undefined;
      const ofS3 = calls().filter(({ action }) => action.startsWith("s3:"));
      const refused = ofS3.find((it) => !letsThrough(target, outputOf(role.resource, "arn"), it));
      const mend = `"${target.resource.name}" must let ${refused?.action ?? ""} through.`;
      return cutUnless(refused === undefined, target, mend);
    },
    ...roleChecks(platform, role, calls),
  };
}

function keyOf(platform: Platform, bucket: Placed): Placed | undefined {
  const id = outputOf(bucket.resource, "id");
  const encryption = platform.ofType(TYPE.bucketEncryption).find(({ resource }) => resource.text("bucket") === id);
  const [rule] = encryption?.resource.list("rules") ?? [];
  return platform.ofArn(rule?.text("applyServerSideEncryptionByDefault.kmsMasterKeyId") ?? "");
}

function callsOf(
  platform: Platform,
  bucket: Placed,
  { prefix, account }: { readonly prefix: string; readonly account: Readonly<Record<string, string>> },
): readonly Call[] {
  const arn = outputOf(bucket.resource, "arn");
  const key = keyOf(platform, bucket);
  const viaS3 = { "kms:viaservice": `s3.${bucket.resource.region ?? ""}.amazonaws.com` };
  const on = (action: string, resource: string, more: Readonly<Record<string, string>> = {}): Call => {
    return { action, resource, context: { ...account, ...more } };
  };
  return [
    on("s3:ListBucket", arn, { "s3:prefix": `${prefix}a` }),
    on("s3:GetObject", `${arn}/${prefix}a`),
    on("s3:PutObject", `${arn}/${prefix}a`),
    ...(key === undefined ? [] : ["kms:Decrypt", "kms:GenerateDataKey"]).map((action) =>
      on(action, key === undefined ? "" : outputOf(key.resource, "arn"), viaS3),
    ),
  ];
}
