import { type Planted, STACKS } from "../environment.ts";

const { acme, region, xyz } = STACKS;
const ACCOUNT = "111122223333";

/** Keys of AWS KMS that another tenant, another account or another region can use. */
export const keyLeaks: readonly Planted[] = [
  {
    name: "a key's policy lets another tenant decrypt",
    story: "The key of acme-corp lets the files server of xyz-gmbh decrypt.",
    change: (it) =>
      it.statements([acme, "Key", "key"], "policy", (all) => [
        ...all,
        {
          Effect: "Allow",
          Principal: { AWS: it.arn(xyz, "Role", "mcp-files-v1") },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ]),
  },
  {
    name: "a key for any account by way of S3",
    story: "Everybody may decrypt as long as the call comes through S3.",
    change: (it) =>
      it.statements([xyz, "Key", "key"], "policy", (all) => [
        ...all,
        {
          Effect: "Allow",
          Principal: "*",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        },
      ]),
  },
  {
    name: "a grant on a key",
    story: "A KMS grant gives acme-corp's agent the key of xyz-gmbh; no policy shows it.",
    change: (it) =>
      it.add(xyz, "aws:kms/grant:Grant", "agent", {
        keyId: it.output(xyz, "Key", "key", "keyId"),
        granteePrincipal: it.arn(acme, "Role", "agent-coordinator"),
        operations: ["Decrypt"],
      }),
  },
  {
    name: "the European key gets a replica in the US",
    story: "A second replica of the multi-region key in us-east-1, from where European data can be read.",
    change: (it) =>
      it.copy(xyz, xyz, "ReplicaKey", "key-standby", (all) => {
        all["region"] = "us-east-1";
      }),
  },
  {
    name: "a bucket under another tenant's key",
    story: "The bucket of xyz-gmbh is encrypted by acme-corp's key.",
    change: (it) =>
      it.edit(xyz, "BucketServerSideEncryptionConfiguration", "bucket", (all) => {
        all["rules"][0].applyServerSideEncryptionByDefault.kmsMasterKeyId = it.arn(acme, "Key", "key");
      }),
  },
  {
    name: "a table under the key of the service",
    story: "The table of xyz-gmbh no longer names the tenant's key, so everybody with dynamodb:GetItem reads it.",
    change: (it) =>
      it.edit(xyz, "Table", "table", (all) => {
        delete all["serverSideEncryption"];
      }),
  },
  {
    name: "a tenant's logs under the region's key",
    story: "The log group of xyz-gmbh uses the key of the region, which is not the tenant's own.",
    change: (it) =>
      it.edit(xyz, "LogGroup", "logs", (all) => {
        all["kmsKeyId"] = it.arn(region, "Key", "key");
      }),
  },
  {
    name: "a key's alias moves to another tenant's key",
    story: "The alias of xyz-gmbh points at the key of acme-corp.",
    change: (it) =>
      it.edit(xyz, "Alias", "key", (all) => {
        all["targetKeyId"] = it.arn(acme, "Key", "key");
      }),
  },
  {
    name: "an interceptor signs with every key",
    story: "kms:Sign on all keys: the interceptor of acme-corp writes context tokens of xyz-gmbh.",
    change: (it) => it.grant(acme, "interceptor-b2b", "kms:Sign", `arn:aws:kms:*:${ACCOUNT}:key/*`),
  },
  {
    name: "a server believes another tenant's context tokens",
    story: "The database server of xyz-gmbh checks context tokens by acme-corp's public key and issuer.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        const { CONTEXT_ISSUER, CONTEXT_PUBLIC_KEYS } = it.find(acme, "AgentcoreAgentRuntime", "mcp-database-v3")
          .inputs["environmentVariables"] as Record<string, string>;
        Object.assign(all["environmentVariables"], { CONTEXT_ISSUER, CONTEXT_PUBLIC_KEYS });
      }),
  },
  {
    name: "a server believes a second signer",
    story: "acme-corp's public key was appended to the keys that xyz-gmbh's server believes.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        const keysOf = (inputs: unknown) => (inputs as Record<string, string>)["CONTEXT_PUBLIC_KEYS"]!;
        const other = it.find(acme, "AgentcoreAgentRuntime", "mcp-database-v3").inputs["environmentVariables"];
        const own = all["environmentVariables"];
        own.CONTEXT_PUBLIC_KEYS = keysOf(own) + keysOf(other);
      }),
  },
];
