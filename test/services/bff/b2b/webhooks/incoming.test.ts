import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PARTNER_PATH } from "../../../../../services/bff/b2b/paths.ts";
import { newSecret, OVERLAP_MS, SecretSeal } from "../../../../../services/bff/b2b/webhooks/signing/secrets.ts";
import { signatureHeaders } from "../../../../../services/bff/b2b/webhooks/signing/signature.ts";
import { KINDS, webhookFixture } from "./fixture.ts";

let fixture: Awaited<ReturnType<typeof webhookFixture>>;
let source: { readonly id: string; readonly secret: string };
const prepare = (kind: (typeof KINDS)[number]): void => {
  beforeAll(async () => (fixture = await webhookFixture(kind)));
  afterAll(() => fixture.close());
  beforeEach(async () => {
    fixture.clock.now = Date.now();
    await fixture.acme.clear();
    const { status, body } = await fixture.acme.call("POST", "/sources");
    expect(status).toBe(201);
    source = body;
  });
};

const BODY = JSON.stringify({ type: "stock.changed", timestamp: "2026-11-28T10:00:00Z", data: { sku: "1", left: 3 } });

interface Sending {
  readonly to?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly secret?: string;
  readonly id?: string;
  readonly at?: number;
  readonly tenant?: typeof fixture.acme;
}

const send = async ({
  to = source.id,
  headers = {},
  body = BODY,
  secret = source.secret,
  id = "msg_1",
  at = fixture.clock.now,
  tenant = fixture.acme,
}: Sending = {}) => {
  const signed = signatureHeaders({ id, body: typeof body === "string" ? body : BODY, at }, [secret]);
  const answer = await tenant.server.request(`${PARTNER_PATH.incoming}/${to}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signed, ...headers },
    body,
  });
  return [answer.status, ((await answer.json()) as { status: unknown }).status];
};
const events = () => fixture.acme.events();

describe.each(KINDS)("a webhook from a partner, kept in %s,", (kind) => {
  prepare(kind);

  it("becomes an event of the tenant, once, however often it comes, also at the same time", async () => {
    expect(await send()).toEqual([202, "accepted"]);
    expect(await send()).toEqual([200, "duplicate"]);
    expect(await send({ at: fixture.clock.now + 60_000 })).toEqual([200, "duplicate"]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => send({ id: "msg_2" })));
    expect(answers.filter(([status]) => status === 202)).toHaveLength(1);
    expect(await events()).toMatchObject([
      {
        id: "msg_1",
        source: `urn:alicerce:partner:metal-works:${source.id}`,
        type: "partner.stock.changed",
        tenantid: "acme-corp",
        data: { sku: "1", left: 3 },
      },
      { id: "msg_2" },
    ]);
  });

  it("with the id of another one is refused", async () => {
    await send();
    expect(await send({ body: BODY.replace("3", "4") })).toEqual([409, 409]);
    expect(await events()).toHaveLength(1);
  });

  it("that the standard's own package signed is accepted", async () => {
    const signature = new Webhook(source.secret).sign("msg_9", new Date(fixture.clock.now), BODY);
    expect(
      await send({ id: "msg_9", headers: { "webhook-signature": `v1a,abc v1,${"A".repeat(44)} ${signature}` } }),
    ).toEqual([202, "accepted"]);
  });

  it("is accepted by the secret before for a day after a rotation, and no longer", async () => {
    const fresh = (await fixture.acme.call("POST", `/sources/${source.id}/secret`)).body as { secret: string };
    expect((await send({ id: "a" }))[0]).toBe(202);
    expect((await send({ id: "b", secret: fresh.secret }))[0]).toBe(202);
    fixture.clock.now += OVERLAP_MS + 1;
    expect((await send({ id: "c" }))[0]).toBe(401);
    expect((await send({ id: "d", secret: fresh.secret }))[0]).toBe(202);
  });

  it.each<[string, () => Sending]>([
    ["signed by another secret", () => ({ secret: newSecret() })],
    ["too old", () => ({ at: fixture.clock.now - 301_000 })],
    ["from the future", () => ({ at: fixture.clock.now + 301_000 })],
    [
      "with another time than was signed",
      () => ({ headers: { "webhook-timestamp": String(Math.floor(fixture.clock.now / 1_000) - 1) } }),
    ],
    [
      "with a time that only begins as a number",
      () => ({ headers: { "webhook-timestamp": `${Math.floor(fixture.clock.now / 1_000)}x` } }),
    ],
    ["with another id than was signed", () => ({ headers: { "webhook-id": "msg_other" } })],
    ["with an id of strange characters", () => ({ id: "a b" })],
    ["without a signature", () => ({ headers: { "webhook-signature": "" } })],
    ["with a signature of another version", () => ({ headers: { "webhook-signature": "v2,abc" } })],
    ["with a signature without end", () => ({ headers: { "webhook-signature": "v1,abc ".repeat(1_000) } })],
    ["to an address that does not exist", () => ({ to: "src_unknown" })],
    ["to another tenant", () => ({ tenant: fixture.xyz })],
  ])("%s is refused, and its sender is not told why", async (_, options) => {
    expect(await send(options())).toEqual([401, 401]);
    expect(await events()).toEqual([]);
  });

  it("whose bytes were changed is refused, also where they read as the same text", async () => {
    const bytes = Buffer.from(BODY.replace("stock", "st\u{FFFD}ck"));
    const body = new Uint8Array(
      Buffer.from(bytes.toString("latin1").replace("\u00ef\u00bf\u00bd", "\u00ff"), "latin1"),
    );
    expect((await send({ body }))[0]).toBe(400);
    expect((await send({ body: new Uint8Array(Buffer.from(`\u{FEFF}${BODY}`)) }))[0]).toBe(401);
  });

  it.each<[string, string, number]>([
    ["no JSON", "{", 400],
    ["a member twice", '{"type":"a","type":"b","data":1}', 400],
    ["no type", '{"data":1}', 422],
    ["a type that is none", '{"type":"A B","data":1}', 422],
    ["more than is taken", JSON.stringify({ type: "a", data: "x".repeat(100_000) }), 413],
  ])("that is signed and says %s is refused", async (_, body, status) => {
    expect((await send({ body }))[0]).toBe(status);
    expect(await events()).toEqual([]);
  });
});

describe.each(KINDS)("a source, kept in %s,", (kind) => {
  prepare(kind);

  it("of one partner is nobody else's, and takes nothing once it is removed", async () => {
    for (const call of [
      (method: string, path: string) => fixture.acme.call(method, path, undefined, "paper-mill"),
      (method: string, path: string) => fixture.xyz.call(method, path),
    ]) {
      expect((await call("GET", "/sources")).body).toEqual({ items: [] });
      expect((await call("POST", `/sources/${source.id}/secret`)).status).toBe(404);
      expect((await call("DELETE", `/sources/${source.id}`)).status).toBe(404);
    }
    expect((await fixture.acme.call("GET", "/sources")).body).toEqual({ items: [source.id] });
    expect((await fixture.acme.call("DELETE", `/sources/${source.id}`)).status).toBe(204);
    expect((await send())[0]).toBe(401);
  });

  it("needs a credential to be made", async () => {
    const answer = await fixture.acme.server.request(`${PARTNER_PATH.webhooks}/sources`, { method: "POST" });
    expect(answer.status).toBe(401);
  });
});

describe("a sealed secret", () => {
  it("is opened by the same key for the same owner alone, and not once it was changed", () => {
    const seal = new SecretSeal(Buffer.alloc(32, 1));
    const sealed = seal.seal("whsec_x", "ep_1");
    expect(seal.open(sealed, "ep_1")).toBe("whsec_x");
    expect(() => seal.open(sealed, "ep_2")).toThrow();
    expect(() => new SecretSeal(Buffer.alloc(32, 2)).open(sealed, "ep_1")).toThrow();
    const changed = Buffer.from(sealed, "base64");
    changed[changed.length - 1]! ^= 1;
    expect(() => seal.open(changed.toString("base64"), "ep_1")).toThrow();
    expect(() => new SecretSeal(Buffer.alloc(16))).toThrow(TypeError);
  });
});
