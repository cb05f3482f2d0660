import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { type Bundle, bundle } from "../tools/build/bundle.ts";
import { servicesOf } from "../tools/build/services.ts";
import { PROJECT } from "../tools/engine/folders.ts";
import { median, target } from "./support/target.ts";

const IMPORTS = 9;

/** What a function must be given to be imported at all. */
const VARIABLES: Readonly<Record<string, string>> = {
  AWS_REGION: "eu-west-1",
  TENANT_ID: "acme-corp",
  SCENARIO: "b2b",
  ISSUER_PROFILE: "keycloak",
  ISSUER: "https://identity.example.com/realms/acme-corp",
  JWKS_URL: "https://identity.example.com/realms/acme-corp/protocol/openid-connect/certs",
  AUDIENCE: "https://gateway.example.com/mcp",
  SCOPES: "mcp:read mcp:write",
  CONTEXT_ISSUER: "urn:alicerce:interceptor:acme-corp",
  CONTEXT_KEY_ARN: "arn:aws:kms:eu-west-1:111122223333:key/0",
  TENANT_TABLE: "table",
  CLIENT_ID: "client",
  CLIENT_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:client",
  CLIENTS: "{}",
  TOKEN_URL: "https://tokens.example.com/oauth2/token",
  USER_POOL_ID: "eu-west-1_pool",
  PROVIDERS: "{}",
  CANARY_GATEWAY_URL: "https://gateway.example.com/mcp",
  DEPLOYMENT_ENV: "production",
};

const IMPORT = "const began=performance.now();await import(process.argv[1]);console.log(performance.now()-began)";

for (const service of servicesOf(PROJECT).filter((it) => it.kind === "lambda")) {
  const built = await bundle(service, PROJECT);
  const bytes = built.files.find((it) => it.path === "index.mjs")?.bytes.length ?? Number.NaN;
  target(`${service.name}, bundle`, bytes / 1_000, 1_000, "kB");
  target(`${service.name}, import in a new process, median`, await importTime(built), 150, "ms");
}

async function importTime({ files }: Bundle): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "alicerce-bundle-"));
  for (const it of files.filter(({ path: name }) => !name.includes("/")))
    writeFileSync(path.join(folder, it.path), it.bytes);
  writeFileSync(path.join(folder, "catalogue.json"), '{"servers":{},"tools":{}}');
  const file = pathToFileURL(path.join(folder, "index.mjs")).href;
  const took = await median(IMPORTS, async () => {
    const args = ["--input-type=module", "--eval", IMPORT, file];
    const child = spawn(process.execPath, args, { env: VARIABLES, stdio: ["ignore", "pipe", "inherit"] });
    const [milliseconds] = await Promise.all([text(child.stdout), once(child, "close")]);
    if (child.exitCode !== 0)
      throw new Error(`${path.basename(folder)} cannot be imported with the variables that it is given`);
    return Number(milliseconds);
  });
  rmSync(folder, { recursive: true });
  return took;
}
