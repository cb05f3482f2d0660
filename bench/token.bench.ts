import { contextTokenVerifier, signContextToken } from "../services/shared/context-token.ts";
import { tokenVerifier } from "../services/shared/token.ts";
import { keycloakClaims, keysOf, signingKey, signToken } from "../test/support/issuer.ts";
import { median, target } from "./target.ts";

const [key, contextKey] = await Promise.all([signingKey("key-1"), signingKey("context-1", "ES256")]);
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

const options = { issuer: "urn:alicerce:interceptor:acme-corp", audience: "mcp-database" };
const verifyContext = contextTokenVerifier({ ...options, keys: keysOf(contextKey) });
const context = await signContextToken(
  { tenantId: "acme-corp", clientId: "agent", scopes: ["mcp:read"], requestId: "r", correlationId: "c" },
  { ...options, key: contextKey.privateKey, keyId: contextKey.id },
);
const contexts = Array.from({ length: 20_000 }, () => Buffer.from(context).toString());
await microseconds(contexts, verifyContext);
target("a context token, verified before, CPU", await median(5, () => microseconds(contexts, verifyContext)), 10, "µs");
