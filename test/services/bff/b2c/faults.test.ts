import { afterEach, describe, expect, test } from "vitest";
import { wireAgent } from "../../libraries/agent-client/wire-agent.ts";
import { keycloakClaims, signingKey, signToken } from "../../../support/issuer.ts";
import { appToken } from "./app-token.ts";
import { Browser } from "./browser.ts";
import { type BffChanges, type ConsumerBffs, type ConsumerBffUnderTest, startConsumerBffs } from "./consumer-bff.ts";

let bffs: ConsumerBffs | undefined;
afterEach(() => bffs?.stop());

async function started(agentUrl: URL | string, changes: BffChanges = {}): Promise<ConsumerBffUnderTest> {
  bffs = await startConsumerBffs(agentUrl, changes);
  return bffs.of("acme");
}

const NOWHERE = "http://127.0.0.1:9/";

async function lastEvent(bff: ConsumerBffUnderTest, token: string, runId: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${bff.origin}/v1/chat`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ threadId: "t", runId, messages: [{ id: "m", role: "user", content: "hello" }] }),
  });
  const [, data = "{}"] = /data: (.*)\n\n$/.exec(await response.text()) ?? [];
  return JSON.parse(data) as Record<string, unknown>;
}

describe("an agent that is down", () => {
  test("is said to be down, and is left alone after failures", async () => {
    const agent = await wireAgent((_request, response) => void response.writeHead(500).end());
    try {
      const limits = { retries: 0, breakAfter: 2 };
      const bff = await started(agent.url, { needs: { agent: { limits } } });
      const token = await appToken(bff);
      for (const it of ["one", "two"])
        expect(await lastEvent(bff, token, it)).toMatchObject({ type: "RUN_ERROR", code: "ERR_AGENT_ANSWER" });
      const asked = agent.requests.length;
      const event = await lastEvent(bff, token, "three");
      expect(event).toMatchObject({
        code: "ERR_AGENT_UNAVAILABLE",
        message: "the agent cannot be reached at the moment",
      });
      expect(agent.requests).toHaveLength(asked);
    } finally {
      await agent.close();
    }
  });

  test("says nothing of addresses", async () => {
    const bff = await started(NOWHERE, { needs: { agent: { limits: { retries: 0 } } } });
    const event = await lastEvent(bff, await appToken(bff), "one");
    expect(event["code"]).toBe("ERR_AGENT_UNAVAILABLE");
    expect(JSON.stringify(event)).not.toContain("127.0.0.1");
  });
});

describe("quotas", () => {
  test("of visitors are by network, and of consumers by person", async () => {
    const bff = await started(NOWHERE, { environment: { ANONYMOUS_PER_HOUR: "2", SIGNED_IN_PER_HOUR: "3" } });
    const alice = await appToken(bff);
    const bruno = await appToken(bff, "bruno");
    const visit = (authorization?: string) =>
      fetch(`${bff.origin}/v1/session`, { headers: { ...(authorization !== undefined && { authorization }) } });
    const firstVisit = await visit();
    expect(firstVisit.headers.get("ratelimit-policy")).toBe('"anonymous";q=2;w=3600');
    await visit();
    const refused = await visit();
    expect([refused.status, refused.headers.get("retry-after") !== null]).toEqual([429, true]);
    expect(refused.headers.get("ratelimit")).toMatch(/^"anonymous";r=0;t=\d+$/);
    for (let i = 0; i < 3; i++) expect((await visit(`Bearer ${alice}`)).status).toBe(200);
    const beyond = await visit(`Bearer ${alice}`);
    expect([beyond.status, beyond.headers.get("ratelimit-policy")]).toEqual([429, '"signed-in";q=3;w=3600']);
    expect((await visit(`Bearer ${bruno}`)).status).toBe(200);
  });

  test("of the specification: 100 an hour for visitors, 1,000 for consumers", async () => {
    const bff = await started(NOWHERE);
    const token = await appToken(bff);
    const policyOf = async (headers: Record<string, string>) =>
      (await fetch(`${bff.origin}/v1/session`, { headers })).headers.get("ratelimit-policy");
    expect(await policyOf({})).toBe('"anonymous";q=100;w=3600');
    expect(await policyOf({ authorization: `Bearer ${token}` })).toBe('"signed-in";q=1000;w=3600');
  });
});

describe("tokens", () => {
  test("forged, of another tenant, of a pool's other client, or none at all are refused, and no session stands in for them", async () => {
    const bff = await started(NOWHERE);
    const browser = new Browser();
    await browser.signIn(bff);
    const key = await signingKey("forged");
    const own = await appToken(bff);
    const [header = "", , signature = ""] = own.split(".");
    const claims = JSON.parse(Buffer.from(own.split(".")[1]!, "base64url").toString()) as Record<string, unknown>;
    const changed = Buffer.from(JSON.stringify({ ...claims, tenant_id: "other" })).toString("base64url");
    const tokens = [
      await signToken(keycloakClaims("acme"), key),
      await signToken(claims, key),
      `${header}.${changed}.${signature}`,
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${own.split(".")[1]}.`,
      await appToken(bffs!.of("other")),
      "",
      "x".repeat(9_000),
    ];
    for (const token of tokens) {
      const response = await browser.fetch(`${bff.origin}/v1/me/preferences`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    }
    const response = await fetch(`${bff.origin}/v1/me/preferences`, { headers: { authorization: `Bearer ${own}` } });
    expect(response.status).toBe(200);
  });

  test("that the pool has not issued for this long make a session end, and it is renewed at the pool before", async () => {
    const bff = await started(NOWHERE, { needs: { sessionLifetime: { idleMs: 60_000, longestMs: 600_000 } } });
    const browser = new Browser();
    await browser.signIn(bff);
    const [record] = await bff.records.ofOwner(await ownerOf(bff));
    await bff.records.put({ ...record!, value: { ...(record!.value as object), verifiedUntil: Date.now() - 1 } });
    expect(await isSignedIn(browser, bff)).toBe(true);
    const [renewed] = await bff.records.ofOwner(await ownerOf(bff));
    expect((renewed!.value as { verifiedUntil: number }).verifiedUntil).toBeGreaterThan(Date.now());
    await bff.records.put({ ...renewed!, value: { ...(renewed!.value as object), seenAt: Date.now() - 60_100 } });
    expect(await isSignedIn(browser, bff)).toBe(false);
  });

  test("that the pool no longer renews end the session", async () => {
    const bff = await started(NOWHERE);
    const browser = new Browser();
    await browser.signIn(bff);
    const [record] = await bff.records.ofOwner(await ownerOf(bff));
    const value = { ...(record!.value as object), verifiedUntil: Date.now() - 1, refreshToken: "revoked" };
    await bff.records.put({ ...record!, value });
    expect(await isSignedIn(browser, bff)).toBe(false);
    expect(await bff.records.get("session", record!.id)).toBeUndefined();
  });
});

async function isSignedIn(browser: Browser, bff: ConsumerBffUnderTest): Promise<boolean> {
  const session = await (await browser.fetch(`${bff.origin}/v1/session`)).json();
  return (session as { isSignedIn: boolean }).isSignedIn;
}

/** The opaque id under which the BFF keeps what is Alice's. */
async function ownerOf(bff: ConsumerBffUnderTest): Promise<string> {
  const headers = { authorization: `Bearer ${await appToken(bff)}` };
  const exported = await (await fetch(`${bff.origin}/v1/me/data`, { headers })).json();
  return (exported as { userId: string }).userId;
}
