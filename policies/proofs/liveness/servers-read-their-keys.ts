import { CONTROL } from "../../engine/frameworks.ts";
import type { Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import type { Host } from "../../facts/reach/host.ts";
import { callChecks } from "./checks/call-checks.ts";
import { databaseClients } from "./checks/databases.ts";
import { roleChecks } from "./checks/role-checks.ts";
import { readableSecret } from "./checks/secret-checks.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** The keys by which a server seals what it keeps are read once, when it starts: without them it does not start. */
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
  const { secret, decrypts, keyPolicy } = readableSecret(platform, arn);
  const { identity, boundary } = roleChecks(platform, host.role, decrypts);
  const mend = `"${host.placed.resource.name}" must name a secret that is declared.`;
  return {
    secret: () => cutUnless(secret !== undefined, host.placed, mend),
    ...callChecks(platform, host, {
      service: "secretsmanager",
      calls: () => [{ action: "secretsmanager:GetSecretValue", resource: arn }],
    }),
    "key-identity": identity,
    "key-boundary": boundary,
    "key-policy": keyPolicy(host.role),
  };
}
