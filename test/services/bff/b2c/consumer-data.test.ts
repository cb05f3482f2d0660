import { gunzipSync } from "node:zlib";
import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appToken } from "./app-token.ts";
import { Browser } from "./browser.ts";
import { type ConsumerBffs, type ConsumerBffUnderTest, startConsumerBffs } from "./consumer-bff.ts";
import { scriptedAgent } from "./scripted-agent.ts";

let agent: Awaited<ReturnType<typeof scriptedAgent>>;
let bffs: ConsumerBffs;
let acme: ConsumerBffUnderTest;
let alice: string;
let bruno: string;

beforeAll(async () => {
  agent = await scriptedAgent();
  bffs = await startConsumerBffs(agent.url);
  acme = bffs.of("acme");
  alice = await appToken(acme);
  bruno = await appToken(acme, "bruno");
});

afterAll(async () => {
  await bffs.stop();
  await agent.close();
});

interface Page {
  readonly items: readonly { readonly id: string; readonly title?: string; readonly removed?: boolean }[];
  readonly next?: string;
  readonly token: string;
}

function as(token: string, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  return fetch(`${acme.origin}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const read = async <Value>(token: string, path: string): Promise<Value> =>
  (await (await as(token, "GET", path)).json()) as Value;

let runs = 0;
async function ask(token: string, threadId: string, content: string): Promise<void> {
  const message = { id: `m${++runs}`, role: "user", content };
  await (await as(token, "POST", "/chat", { threadId, runId: `r${runs}`, messages: [message] })).text();
}

const consents = (history: boolean, personalisation = false) => ({ history, personalisation });

describe("consent", () => {
  test("nothing is kept of what is said until the consumer agrees, and no longer once it is taken back", async () => {
    expect(await read(alice, "/me/consents")).toEqual({ ...consents(false), at: null });
    await ask(alice, "private", "my secret question");
    expect(JSON.stringify(await read(alice, "/me/data"))).not.toContain("my secret question");
    await as(alice, "PUT", "/me/consents", consents(true));
    await ask(alice, "kept", "Where is my order?");
    const kept = await read<{ turns: { answer: string }[] }>(alice, "/conversations/kept");
    expect(kept.turns).toMatchObject([
      {
        question: "Where is my order?",
        answer: "It left today.",
        tools: [{ tool: "orders_getOrder", outcome: "done" }],
      },
    ]);
    await as(alice, "PUT", "/me/consents", consents(false));
    expect(JSON.stringify(await read(alice, "/me/data"))).not.toContain("Where is my order?");
  });

  test("agents hear of preferences with consent alone", async () => {
    await as(bruno, "PUT", "/me/preferences", { likedCategories: ["chás"], highestPrice: 50 });
    await ask(bruno, "t", "without");
    expect(JSON.stringify(agent.requests.at(-1)!.body)).not.toContain("chás");
    await as(bruno, "PUT", "/me/consents", consents(false, true));
    await ask(bruno, "t", "with");
    expect(JSON.stringify(agent.requests.at(-1)!.body)).toContain("chás");
  });

  test.each([
    ["/me/consents", { history: "yes", personalisation: false }],
    ["/me/consents", { history: true }],
    ["/me/preferences", { likedCategories: ["<script>"] }],
    ["/me/preferences", { admin: true }],
  ])("%s takes nothing but what it knows: %j", async (path, body) => {
    expect((await as(alice, "PUT", path, body)).status).toBe(422);
  });
});

describe("conversations for apps", () => {
  test("come in pages of compact JSON, each once", async () => {
    await as(alice, "PUT", "/me/consents", consents(true));
    for (const it of ["a", "b", "c"]) await ask(alice, `page-${it}`, `question ${it}`);
    const seen: string[] = [];
    let after = "";
    for (let pages = 0; pages < 10; pages++) {
      const page = await read<Page>(alice, `/conversations?limit=2${after}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((it) => it.id));
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toEqual(expect.arrayContaining(["page-a", "page-b", "page-c"]));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("an app that was away learns of what changed and of what was removed", async () => {
    await ask(alice, "sync-1", "one");
    const { token } = await read<Page>(alice, "/conversations/changes?limit=50");
    expect((await read<Page>(alice, `/conversations/changes?after=${token}`)).items).toEqual([]);
    await ask(alice, "sync-2", "two");
    expect((await as(alice, "DELETE", "/conversations/sync-1")).status).toBe(204);
    const { items } = await read<Page>(alice, `/conversations/changes?after=${token}`);
    expect(items).toMatchObject([{ id: "sync-2" }, { id: "sync-1", removed: true }]);
  });

  test("are nobody else's", async () => {
    await ask(alice, "mine", "private words");
    expect((await as(bruno, "GET", "/conversations/mine")).status).toBe(404);
    expect((await as(bruno, "DELETE", "/conversations/mine")).status).toBe(404);
    expect(JSON.stringify(await read(bruno, "/conversations"))).not.toContain("private words");
  });

  test("that have not changed are not sent again", async () => {
    const first = await as(alice, "GET", "/conversations");
    const etag = first.headers.get("etag")!;
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    const unchanged = await as(alice, "GET", "/conversations", undefined, { "if-none-match": etag });
    expect([unchanged.status, await unchanged.text()]).toEqual([304, ""]);
    await ask(alice, "new", "changes the list");
    expect((await as(alice, "GET", "/conversations", undefined, { "if-none-match": etag })).status).toBe(200);
  });

  test("are compressed for those who understand it", async () => {
    for (let i = 0; i < 20; i++) await ask(alice, `many-${i}`, `a question that is long enough to compress ${i}`);
    const { port } = acme;
    const headers = { authorization: `Bearer ${alice}`, "accept-encoding": "gzip" };
    const call = request({ host: "127.0.0.1", port, path: "/v1/conversations?limit=50", headers });
    const [body, encoding] = await new Promise<[Buffer, string | undefined]>((resolve, reject) => {
      call.once("error", reject).once("response", (response) => {
        void buffer(response).then((it) => resolve([it, response.headers["content-encoding"]]), reject);
      });
      call.end();
    });
    expect(encoding).toBe("gzip");
    expect(body.length).toBeLessThan(gunzipSync(body).length / 2);
  });

  test.each(["limit=0", "limit=51", "limit=x", "after=evil", "after=djE6LTE"])("%s is refused", async (query) => {
    expect((await as(alice, "GET", `/conversations?${query}`)).status).toBe(400);
  });
});

describe("a consumer's data", () => {
  test("can be carried away, without a credential in them", async () => {
    const browser = new Browser();
    await browser.signIn(acme);
    const response = await as(alice, "GET", "/me/data");
    expect(response.headers.get("content-disposition")).toContain("attachment");
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      consents: { history: true },
      sessions: [{ createdAt: expect.any(String) as string }],
    });
    expect(text).not.toMatch(/csrf|refreshToken|eyJ[\w-]+\./);
  });

  test("are deleted with every session, and those of others stay", async () => {
    const browser = new Browser();
    await browser.signIn(acme);
    const before = await read<object>(bruno, "/me/preferences");
    expect((await as(alice, "DELETE", "/me/data")).status).toBe(400);
    const deleted = await as(alice, "DELETE", "/me/data?confirm=yes");
    expect(((await deleted.json()) as { deletedRecords: number }).deletedRecords).toBeGreaterThan(3);
    expect(await (await browser.fetch(`${acme.origin}/v1/session`)).json()).toMatchObject({ isSignedIn: false });
    expect(await read(alice, "/me/data")).toMatchObject({
      preferences: {},
      conversations: [],
      turns: [],
      sessions: [],
    });
    expect(await read(bruno, "/me/preferences")).toEqual(before);
  });
});

describe("the audit", () => {
  test("has one line of each call, with the opaque id of who called and no word of what was said", async () => {
    acme.audited.length = 0;
    await ask(alice, "audited", "my other secret question");
    await as("no-token", "GET", "/me/data");
    await fetch(`${acme.origin}/sign-in/callback?code=secret-code&state=x`, { redirect: "manual" });
    expect(acme.audited).toMatchObject([
      { component: "bff-b2c", decision: "allowed", mcp_context: { method: "POST", resource_accessed: "/v1/chat" } },
      { decision: "refused", refusal_code: "unauthenticated", client_context: { user_id: null } },
      { mcp_context: { resource_accessed: "/sign-in/callback" } },
    ]);
    const [{ client_context: by } = {}] = acme.audited;
    expect(by?.user_id).toMatch(/^[\w-]{8,}$/);
    expect(by?.user_id).not.toContain("alice");
    expect(JSON.stringify(acme.audited)).not.toMatch(/secret/);
  });
});
