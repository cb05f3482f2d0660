import type { ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pauseAfter, PAUSES_MS } from "../../../../../services/bff/b2b/webhooks/outgoing/backoff.ts";
import { webhookSender } from "../../../../../services/bff/b2b/webhooks/outgoing/send.ts";
import { targetUrl } from "../../../../../services/bff/b2b/webhooks/outgoing/target.ts";
import { OVERLAP_MS } from "../../../../../services/bff/b2b/webhooks/signing/secrets.ts";
import { KINDS, receiver, webhookFixture } from "./fixture.ts";

let fixture: Awaited<ReturnType<typeof webhookFixture>>;
let partner: Awaited<ReturnType<typeof receiver>>;
beforeEach(async () => (partner = await receiver()));
afterEach(() => partner.close());

interface Made {
  readonly id: string;
  readonly secret: string;
}
interface Logged {
  readonly items: readonly { id: string; state: string; attempts: readonly { outcome: string; status: number }[] }[];
}

const register = async (types = ["order."], url = partner.url): Promise<Made> => {
  const { status, body } = await fixture.acme.call("POST", "/endpoints", { url, types });
  expect(status).toBe(201);
  return body;
};
const logOf = async ({ id }: Made): Promise<Logged["items"]> =>
  ((await fixture.acme.call("GET", `/endpoints/${id}/messages`)).body as Logged).items;

describe.each(KINDS)("a webhook to a partner, kept in %s,", (kind) => {
  beforeAll(async () => (fixture = await webhookFixture(kind)));
  afterAll(() => fixture.close());
  beforeEach(async () => {
    fixture.clock.now = Date.now();
    await fixture.acme.clear();
  });

  it("is sent once, signed, and its log holds no body and no secret", async () => {
    const endpoint = await register();
    await fixture.acme.tell({ total: 5 });
    expect(await fixture.acme.sendNow()).toBe(1);
    expect(await fixture.acme.sendNow()).toBe(0);
    const [{ headers, body }] = partner.got as [(typeof partner.got)[0]];
    expect(new Webhook(endpoint.secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: "order.shipped",
      data: { total: 5 },
    });
    const items = await logOf(endpoint);
    expect(items).toMatchObject([{ state: "delivered", attempts: [{ outcome: "delivered", status: 204 }] }]);
    expect(JSON.stringify(items)).not.toContain("total");
    const kept = await fixture.acme.kept();
    expect(kept).not.toContain("total");
    expect(kept).not.toContain(endpoint.secret.slice(6));
  });

  it("goes to the endpoints that asked for it, and of one event only once", async () => {
    await register(["order."]);
    await register(["invoice."]);
    const event = await fixture.acme.tell({ n: 1 });
    await fixture.acme.tell({ n: 1 }, { id: event.id });
    await fixture.acme.tell({ n: 2 }, { partner: "paper-mill" });
    await fixture.acme.sendNow();
    expect(partner.got.map(({ body }) => (JSON.parse(body) as { data: unknown }).data)).toEqual([{ n: 1 }]);
  });

  it("is signed by both secrets for a day after a rotation", async () => {
    const endpoint = await register();
    const fresh = (await fixture.acme.call("POST", `/endpoints/${endpoint.id}/secret`)).body as Made;
    expect(fresh.secret).not.toBe(endpoint.secret);
    await fixture.acme.tell(1);
    await fixture.acme.sendNow();
    const first = partner.got[0]!;
    for (const { secret } of [endpoint, fresh])
      expect(new Webhook(secret).verify(first.body, first.headers as never)).toMatchObject({ data: 1 });

    fixture.clock.now += OVERLAP_MS + 1;
    await fixture.acme.tell(2);
    await fixture.acme.sendNow();
    expect(String(partner.got[1]!.headers["webhook-signature"]).split(" ")).toHaveLength(1);
  });

  it("is tried again with the same id and a new time, becomes a dead letter, and can be sent again", async () => {
    const endpoint = await register();
    partner.answerWith((response) => response.writeHead(500).end("secret stack trace"));
    await fixture.acme.tell({ n: 1 });
    for (const expected of ["pending", "pending", "dead"]) {
      await fixture.acme.sendNow({ pausesMs: [60_000, 60_000] });
      expect((await logOf(endpoint))[0]?.state).toBe(expected);
      fixture.clock.now += 60_000;
    }
    expect(await fixture.acme.sendNow()).toBe(0);
    expect(new Set(partner.got.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(partner.got.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(3);
    expect(JSON.stringify(await logOf(endpoint))).not.toContain("stack");

    partner.answerWith((response) => response.writeHead(200).end());
    const [{ id } = { id: "" }] = await logOf(endpoint);
    expect((await fixture.acme.call("POST", `/endpoints/${endpoint.id}/messages/${id}/replay`)).status).toBe(200);
    await fixture.acme.sendNow();
    expect((await logOf(endpoint))[0]?.state).toBe("delivered");
    expect((await fixture.acme.call("POST", `/endpoints/${endpoint.id}/messages/${id}/replay`)).status).toBe(409);
  });

  it("is sent again after the process that was sending it is gone", async () => {
    await register();
    await fixture.acme.tell(1);
    // Taken, and never noted.
    expect(await fixture.acme.messages.take()).toHaveLength(1);
    expect(await fixture.acme.messages.take()).toHaveLength(0);
    await fixture.acme.sendNow();
    expect(partner.got).toHaveLength(1);
  });

  it("is never sent again to an endpoint that is gone, until it gets another secret", async () => {
    const endpoint = await register();
    partner.answerWith((response) => response.writeHead(410).end());
    await fixture.acme.tell(1);
    await fixture.acme.sendNow();
    await fixture.acme.tell(2);
    expect(await fixture.acme.sendNow()).toBe(0);
    expect((await fixture.acme.call("GET", `/endpoints/${endpoint.id}`)).body).toMatchObject({
      disabledBecause: "the endpoint answered 410 Gone",
    });
    partner.answerWith((response) => response.writeHead(204).end());
    await fixture.acme.call("POST", `/endpoints/${endpoint.id}/secret`);
    expect((await fixture.acme.call("POST", `/endpoints/${endpoint.id}/replay`)).body).toEqual({ replayed: 1 });
    expect(await fixture.acme.sendNow()).toBe(1);
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    [
      "redirects",
      (it) => it.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
      "redirect refused",
    ],
    ["never answers", () => undefined, "timeout"],
    ["hangs up", (it) => it.destroy(), "not reached"],
    ["answers without an end", (it) => it.writeHead(200).write("x".repeat(1_000_000)), "delivered"],
  ])("to a receiver that %s has an outcome, and nothing follows", async (_, answer, outcome) => {
    const endpoint = await register();
    partner.answerWith(answer);
    await fixture.acme.tell(1);
    await fixture.acme.sendNow();
    expect((await logOf(endpoint))[0]?.attempts).toMatchObject([{ outcome }]);
    expect(partner.got).toHaveLength(1);
  });

  it("to one slow endpoint does not hold up the others", async () => {
    const slow = await register(["order."]);
    for (let i = 0; i < 12; i++) await fixture.acme.tell(i);
    const quick = await register(["invoice."]);
    await fixture.acme.tell("invoice", { type: "invoice.made" });
    const taken = await fixture.acme.messages.take();
    expect(taken.filter((it) => it.endpointId === slow.id)).toHaveLength(2);
    expect(taken.filter((it) => it.endpointId === quick.id)).toHaveLength(1);
  });
});

describe("an address that is not public", () => {
  it.each(["http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://[::1]:PORT/", "http://169.254.169.254/"])(
    "is not called: %s",
    async (url) => {
      const { send, close } = webhookSender({ timeoutMs: 2_000 });
      const { outcome } = await send(url.replace("PORT", new URL(partner.url).port), {}, "{}");
      await close();
      expect(outcome).toBe("address refused");
      expect(partner.got).toHaveLength(0);
    },
  );

  it("is not called by a name that leads there, also when the name leads elsewhere the first time", async () => {
    const answers = ["93.184.215.14", "127.0.0.1"];
    const { send, close } = webhookSender({
      timeoutMs: 2_000,
      lookup: (_name, _options, callback) => callback(null, [{ address: answers.pop() ?? "127.0.0.1", family: 4 }]),
    });
    const url = `http://partner.example:${new URL(partner.url).port}/`;
    expect((await send(url, {}, "{}")).outcome).toBe("address refused");
    await close();
    expect(partner.got).toHaveLength(0);
  });
});

describe("the address of an endpoint", () => {
  it.each([
    ["http://partner.example/", "must be https"],
    ["file:///etc/passwd", "must be https"],
    ["https://user:word@partner.example/", "must not hold a credential"],
    ["partner.example", "must be a URL"],
    [`https://partner.example/${"x".repeat(2_000)}`, "must be a URL"],
  ])("%s is refused", (url, detail) => {
    const problem: unknown = expect.objectContaining({ options: { errors: [{ pointer: "/url", detail }] } });
    expect(() => targetUrl(url, { dangerouslyAllowHttp: false })).toThrow(problem);
  });
});

describe.each(KINDS)("an endpoint, kept in %s,", (kind) => {
  beforeAll(async () => (fixture = await webhookFixture(kind)));
  afterAll(() => fixture.close());
  beforeEach(() => fixture.acme.clear());

  it("of one partner is nobody else's, in this tenant and in another", async () => {
    const { id } = await register();
    const strangers = [
      (method: string, path: string) => fixture.acme.call(method, path, undefined, "paper-mill"),
      (method: string, path: string) => fixture.xyz.call(method, path),
    ];
    for (const call of strangers) {
      expect((await call("GET", "/endpoints")).body).toEqual({ items: [] });
      for (const [method, path] of [
        ["GET", ""],
        ["DELETE", ""],
        ["POST", "/secret"],
        ["GET", "/messages"],
        ["POST", "/replay"],
      ] as const)
        expect([path, (await call(method, `/endpoints/${id}${path}`)).status]).toEqual([path, 404]);
    }
    await fixture.acme.tell(1);
    expect(await fixture.xyz.sendNow()).toBe(0);
    expect((await fixture.acme.call("DELETE", `/endpoints/${id}`)).status).toBe(204);
    expect(await fixture.acme.sendNow()).toBe(0);
  });

  it("is one of ten at most, also when they are made at the same time", async () => {
    const made = await Promise.all(
      Array.from({ length: 14 }, () =>
        fixture.acme.call("POST", "/endpoints", { url: partner.url, types: ["order."] }),
      ),
    );
    expect(made.map(({ status }) => status).toSorted()).toEqual([...Array<number>(10).fill(201), 409, 409, 409, 409]);
  });

  it("takes no types that are none", async () => {
    for (const types of [[], [""], ["*"], ["A"], "order."])
      expect((await fixture.acme.call("POST", "/endpoints", { url: partner.url, types })).status).toBe(422);
  });
});

describe("pauses between attempts", () => {
  it("grow, with jitter, to three days in all, and a receiver may ask for more", () => {
    const pauses = PAUSES_MS.map((_, i) => pauseAfter(i + 1)!);
    pauses.forEach((it, i) => {
      expect(it).toBeGreaterThanOrEqual(PAUSES_MS[i]!);
      expect(it).toBeLessThanOrEqual(PAUSES_MS[i]! * 1.25);
    });
    expect(pauseAfter(PAUSES_MS.length + 1)).toBeUndefined();
    expect(pauseAfter(1, { askedMs: 120_000 })).toBe(120_000);
    expect(pauseAfter(1, { askedMs: Number.MAX_SAFE_INTEGER })).toBe(86_400_000);
  });
});
