import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import type { Host } from "../../facts/reach/host.ts";
import { allows, type Call, isFor, mayDeny } from "../../facts/reach/permission.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { callChecks } from "./call.ts";
import { databaseClients } from "./databases.ts";
import { roleChecks } from "./role-checks.ts";
import { cutUnless, type HopChecks, walk } from "./walk.ts";

export const serversReadTheirKeys = proof({
  premise: 5,
  id: "servers-read-their-keys",
  severity: "high",
  description: "Every MCP server that names a secret with keys reaches Secrets Manager, and may read and decrypt it.",
  remediation:
    "Grant `secretsmanager:GetSecretValue` on the secret and `kms:Decrypt` on its key, which must let IAM decide.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const { host, placed, secret } of databaseClients(platform))
      if (secret !== undefined) walk(record, "servers-read-their-keys", placed, checksOf(platform, host, secret));
  },
});

function checksOf(platform: Platform, host: Host, arn: string): HopChecks<"servers-read-their-keys"> {
  const secret = declared(platform, arn, TYPE.secret);
  const key = declared(platform, secret?.resource.text("kmsKeyId"), TYPE.key);
  const { name } = host.placed.resource;
  const decrypt = (): Call => ({
    action: "kms:Decrypt",
    resource: key === undefined ? "" : outputOf(key.resource, "arn"),
    context: { "kms:viaservice": `secretsmanager.${secret?.resource.region ?? ""}.amazonaws.com` },
  });
  const ofRole = roleChecks(platform, host.role, () => (key === undefined ? [] : [decrypt()]));
  return {
    secret: () => cutUnless(secret !== undefined, host.placed, `"${name}" must name a secret that is declared.`),
    ...callChecks(platform, host, {
      service: "secretsmanager",
      calls: () => [{ action: "secretsmanager:GetSecretValue", resource: arn }],
    }),
    "key-identity": ofRole.identity,
    "key-boundary": ofRole.boundary,
    "key-policy": () => {
      if (host.role === undefined || key === undefined) return undefined;
      const mend = `"${key.resource.name}" must let the account's IAM policies decide who decrypts.`;
      return cutUnless(lets(key, outputOf(host.role.resource, "arn"), decrypt()), key, mend);
    },
  };
}

function declared(platform: Platform, arn: string | undefined, type: string): Placed | undefined {
  const found = arn === undefined ? undefined : platform.ofArn(arn);
  return found?.resource.type === type ? found : undefined;
}

function lets(key: Placed, roleArn: string, call: Call): boolean {
  const statements = statementsOf(key.resource, "policy").filter((it) => isFor(it, roleArn));
  return allows(statements, call) && !mayDeny(statements, call);
}
