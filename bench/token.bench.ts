import { generateKeyPairSync, sign as signBytes, verify as verifyBytes } from "node:crypto";
import { contextSigner } from "../services/libraries/service-kit/tokens/context-signer.ts";
import { contextTokenVerifier } from "../services/libraries/service-kit/tokens/context-token.ts";
import type { CallerContext } from "../services/libraries/service-kit/tenant-context.ts";
import { tokenVerifier } from "../services/libraries/service-kit/tokens/token.ts";
import { keycloakClaims, keysOf, signingKey, signToken } from "../test/support/issuer.ts";
import { tenantKey } from "../test/support/tenant-key.ts";
import { median, target } from "./support/target.ts";

const key = await signingKey("key-1");
const verify = tokenVerifier({
  profile: "keycloak",
  issuer: "https://keycloak.example.com/realms/acme-corp",
  audience: "https://gateway.example.com/internal",
  keys: keysOf(key),
  tenantId: "acme-corp",
  scopes: ["mcp:read", "mcp:write"],
});

let serial = 0;
const fresh = (count: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, () => signToken(keycloakClaims("acme-corp", { jti: `t-${serial++}` }), key)),
  );

/** Processor time of `work` on each, in microseconds: user and system, all threads. */
async function microseconds(items: readonly string[], work: (item: string) => Promise<unknown>): Promise<number> {
  const began = process.cpuUsage();
  for (const it of items) await work(it);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / items.length;
}

for (const it of await fresh(1_000)) await verify(it);
const uncached = await median(5, async () => microseconds(await fresh(1_000), verify));
target("an access token, verified (RS256), CPU", uncached, 250, "µs");

const hot = await fresh(100);
// A new string each time, as it comes from the wire: nothing about it is remembered but by us.
const again = (rounds: number): string[] =>
  Array.from({ length: rounds }, () => hot)
    .flat()
    .map((it) => Buffer.from(it).toString());
await microseconds(again(50), verify);
target("an access token, verified before, CPU", await median(5, () => microseconds(again(200), verify)), 10, "µs");

const tenant = tenantKey();
const options = { issuer: "urn:alicerce:interceptor:acme-corp", audience: "mcp-database", tenantId: "acme-corp" };
const verifyContext = contextTokenVerifier({ ...options, publicKeys: tenant.publicKeys });
const sign = contextSigner({ issuer: options.issuer, certify: tenant.certify });
const contexts: string[] = [];
for (let i = 0; i < 5_000; i++) contexts.push(await sign(callerOf(serial++), options.audience));
const bare = await bareMicroseconds();
const first = await microseconds(contexts, verifyContext);
// jose verifies and signs by Web Crypto, on a thread of its own: what that costs beside the bare signature is the limit.
target("a context token, verified (ES256), CPU, to the bare signature", first / bare.verifying, 2.5, "×");
const known = contexts.slice(-1_000);
await microseconds(known, verifyContext);
target("a context token, verified before, CPU", await median(5, () => microseconds(known, verifyContext)), 10, "µs");

const callers = Array.from({ length: 2_000 }, () => "");
const signing = await median(5, () => microseconds(callers, () => sign(callerOf(serial++), options.audience)));
target("a context token, signed (ES256), CPU, to the bare signature", signing / bare.signing, 3.5, "×");

/** Processor time of a bare ES256 signature by node:crypto on this machine, made and verified, in microseconds. */
async function bareMicroseconds(): Promise<{ readonly signing: number; readonly verifying: number }> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signer = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
  const verifier = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
  const bytes = Buffer.from(contexts[0] ?? "");
  const signature = signBytes("sha256", bytes, signer);
  const rounds = contexts.slice(0, 2_000);
  const signing = () => microseconds(rounds, () => Promise.resolve(signBytes("sha256", bytes, signer)));
  const verifying = () =>
    microseconds(rounds, () => Promise.resolve(verifyBytes("sha256", bytes, verifier, signature)));
  return { signing: await median(5, signing), verifying: await median(5, verifying) };
}

function callerOf(id: number): CallerContext {
  return { tenantId: "acme-corp", clientId: `agent-${id}`, scopes: ["mcp:read"] };
}
