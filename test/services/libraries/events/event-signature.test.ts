import { CloudEvent } from "cloudevents";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../../services/libraries/events/canonical-json.ts";
import {
  ACCEPTED_MS,
  agentEvent,
  eventSigner,
  eventVerifier,
} from "../../../../services/libraries/events/event-signature.ts";
import {
  LARGEST_EVENT_BYTES,
  parseEvent,
  type TenantEvent,
} from "../../../../services/libraries/events/tenant-event.ts";
import { certifyWith } from "../../../../services/libraries/service-kit/tokens/context-delegation.ts";
import { keyPair, tenantOf } from "./fixture.ts";

const draft = {
  source: "urn:alicerce:test",
  type: "alicerce.order.made",
  subject: "order/1",
  data: { total: 5, b: [1] },
};
const acme = tenantOf("acme-corp");

const refusal = (code: string): unknown => expect.objectContaining({ name: "EventError", code });

describe("an event that a tenant signed", () => {
  it("is CloudEvents 1.0, and accepted by that tenant", async () => {
    const event = await acme.signer.sign(draft, 7n);
    expect(event).toMatchObject({ ...draft, specversion: "1.0", tenantid: "acme-corp", sequence: "0000000000000007" });
    expect(new CloudEvent({ ...event } as object).validate()).toBe(true);
    expect(acme.verify(JSON.stringify(event))).toEqual(event);
  });

  it("is accepted after a bus has written its members in another order", async () => {
    const event = await acme.signer.sign(draft);
    const reversed = Object.fromEntries(Object.entries(event).toReversed());
    expect(acme.verify(JSON.stringify(reversed, undefined, 2))).toEqual(event);
  });

  it("is accepted by the old key while the new one signs, and the reverse", async () => {
    const [old, fresh] = [keyPair(), keyPair()];
    const verify = eventVerifier({ tenantId: "acme-corp", publicKeys: [fresh.publicKey, old.publicKey] });
    for (const { privateKey } of [old, fresh]) {
      const event = await eventSigner("acme-corp", certifyWith(privateKey)).sign(draft);
      expect(verify(JSON.stringify(event)).id).toBe(event.id);
    }
  });
});

describe("an event of an agent", () => {
  const source = "agent.data-transformer";
  const text = () => JSON.stringify(agentEvent("acme-corp", { ...draft, source }));

  it("is accepted from that agent, without a signature", () => {
    expect(acme.verify(text(), source)).toMatchObject({ ...draft, source, tenantid: "acme-corp" });
  });

  it.each<[string, string | undefined]>([
    ["another agent", "agent.integration-processor"],
    ["a BFF", "bff.b2b"],
    ["nobody whom the bus knows", undefined],
  ])("is refused from %s", (_, teller) => {
    expect(() => acme.verify(text(), teller)).toThrow(refusal("ERR_EVENT_SIGNATURE"));
  });

  it("is refused from a BFF that signs in the agent's name", async () => {
    const signed = JSON.stringify(await acme.signer.sign({ ...draft, source }));
    expect(() => acme.verify(signed, "bff.b2b")).toThrow(refusal("ERR_EVENT_SIGNATURE"));
  });

  it("is refused by another tenant, and when it is old", () => {
    const foreign = JSON.stringify(agentEvent("xyz-gmbh", { ...draft, source }));
    expect(() => acme.verify(foreign, source)).toThrow(refusal("ERR_EVENT_TENANT"));
    const old = JSON.parse(text()) as TenantEvent;
    const stale = JSON.stringify({ ...old, time: new Date(Date.now() - ACCEPTED_MS - 1_000).toISOString() });
    expect(() => acme.verify(stale, source)).toThrow(refusal("ERR_EVENT_STALE"));
  });

  it("is one whose source is an agent", () => {
    expect(() => agentEvent("acme-corp", draft)).toThrow(TypeError);
  });
});

describe("an event is refused", () => {
  it.each<[string, Partial<TenantEvent>]>([
    ["its data", { data: { total: 6, b: [1] } }],
    ["its type", { type: "alicerce.order.cancelled" }],
    ["its subject", { subject: "order/2" }],
    ["its id", { id: "another" }],
    ["its sequence", { sequence: "0000000000000009" }],
    ["its time", { time: new Date(Date.now() - 5_000).toISOString() }],
    ["its source", { source: "urn:alicerce:other" }],
  ])("when somebody changed %s", async (_, change) => {
    const event = await acme.signer.sign(draft);
    expect(() => acme.verify(JSON.stringify({ ...event, ...change }))).toThrow(refusal("ERR_EVENT_SIGNATURE"));
  });

  it("without a signature, and with that of another event", async () => {
    const event = await acme.signer.sign(draft);
    const { signature } = await acme.signer.sign({ ...draft, data: 1 });
    for (const it of [undefined, signature].map((other) => ({ ...event, signature: other })))
      expect(() => acme.verify(JSON.stringify(it))).toThrow(refusal("ERR_EVENT_SIGNATURE"));
  });

  it("of another tenant, also with this tenant's name on it", async () => {
    const other = await tenantOf("xyz-gmbh").signer.sign(draft);
    expect(() => acme.verify(JSON.stringify(other))).toThrow(refusal("ERR_EVENT_TENANT"));
    const renamed = { ...other, tenantid: "acme-corp" };
    expect(() => acme.verify(JSON.stringify(renamed))).toThrow(refusal("ERR_EVENT_SIGNATURE"));
  });

  it("older than consumers remember ids, and from the future", async () => {
    let now = Date.now();
    const tenant = tenantOf("acme-corp", () => now);
    const text = JSON.stringify(await tenant.signer.sign(draft));
    now += ACCEPTED_MS - 1;
    expect(tenant.verify(text).type).toBe(draft.type);
    now += 2;
    expect(() => tenant.verify(text)).toThrow(refusal("ERR_EVENT_STALE"));
    now -= ACCEPTED_MS + 600_000;
    expect(() => tenant.verify(text)).toThrow(refusal("ERR_EVENT_FUTURE"));
  });

  it.each<[string, (text: string) => string]>([
    ["nothing", () => ""],
    ["half a text", (text) => text.slice(0, -20)],
    ["a member twice", (text) => text.replace("{", '{"type":"alicerce.x",')],
    ["a member that we do not know", (text) => text.replace("{", '{"admin":true,')],
    ["no id", (text) => text.replace(/"id":"[^"]*",/, "")],
    ["no time", (text) => text.replace(/"time":"[^"]*",/, "")],
    ["another version", (text) => text.replace('"1.0"', '"0.3"')],
    ["a list", (text) => `[${text}]`],
  ])("as malformed: %s", async (_, change) => {
    const text = JSON.stringify(await acme.signer.sign(draft));
    expect(change(text)).not.toBe(text);
    expect(() => acme.verify(change(text))).toThrow(refusal("ERR_EVENT_MALFORMED"));
  });

  it("too large, by who signs and by who reads", async () => {
    const data = "x".repeat(LARGEST_EVENT_BYTES);
    await expect(acme.signer.sign({ ...draft, data })).rejects.toThrow(refusal("ERR_EVENT_TOO_LARGE"));
    expect(() => parseEvent(JSON.stringify({ data }))).toThrow(refusal("ERR_EVENT_TOO_LARGE"));
  });

  it("with data that JSON has not", async () => {
    await expect(acme.signer.sign({ ...draft, data: { n: Number.NaN } })).rejects.toThrow(TypeError);
  });

  it("and without keys nothing is verified at all", () => {
    expect(() => eventVerifier({ tenantId: "acme-corp", publicKeys: [] })).toThrow(TypeError);
  });
});

describe("canonical JSON", () => {
  it("is the same text for the same value, and means that value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: 1, a: [{ d: null, c: undefined }] })).toBe('{"a":[{"d":null}],"b":1}');
  });
});
