import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { AGENT_EVENTS, eventsOf, RECORDS } from "../../../contracts/agents/choreography.ts";
import { type AgentName, AGENTS } from "../../../contracts/agents/names.ts";
import { agentSource, bffSource, partnerSource } from "../../../contracts/bff/events.ts";
import { AGENT_DEFINITIONS } from "../../../services/agents/agents.ts";
import { startChoreography } from "../../../services/libraries/agent-process/choreography.ts";
import { startCloudChoreography } from "../../../services/libraries/agent-process/cloud-choreography.ts";
import { inEnvelope } from "../../../services/libraries/events/aws/envelope.ts";
import { agentEvent } from "../../../services/libraries/events/event-signature.ts";
import type { EventDraft, TenantEvent } from "../../../services/libraries/events/tenant-event.ts";
import { eventsService } from "../../support/events/events-service.ts";
import { keyedTables } from "../../support/tables/keyed-tables.ts";
import { tenantOf } from "../libraries/events/fixture.ts";

const HEARING = Object.keys(AGENT_EVENTS) as AgentName[];
const BFF = bffSource("b2b");
const acme = tenantOf("acme-corp");
const publicKey = acme.publicKey.export({ type: "spki", format: "pem" }).toString();
const tableOf = Object.fromEntries(HEARING.map((name) => [name, `${name}-${randomUUID()}`]));
const log = { warn: vi.fn(), error: vi.fn() };

const sent = (data: unknown, more: Partial<EventDraft> = {}): Promise<TenantEvent> =>
  acme.signer.sign({ source: partnerSource("metal-works", "src_1"), type: RECORDS.sent, data, ...more });

let tables: Awaited<ReturnType<typeof keyedTables>>;
let events: Awaited<ReturnType<typeof eventsService>>;
beforeAll(async () => {
  const rules = [
    ...HEARING.flatMap((queue) =>
      (eventsOf(queue)?.hears ?? []).map(({ from: source, type }) => ({ queue, source, type })),
    ),
    ...HEARING.map((name) => ({ queue: "webhooks", source: agentSource(name) })),
  ];
  // What a process that stops has just received comes again after that time.
  [tables, events] = await Promise.all([keyedTables(), eventsService({ rules, visibilitySeconds: 5 })]);
  for (const it of Object.values(tableOf)) await tables.make(it, { hasParts: true });
  vi.stubEnv("AWS_ENDPOINT_URL_SQS", events.url);
  vi.stubEnv("AWS_ENDPOINT_URL_EVENTBRIDGE", events.url);
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", tables.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([tables.close(), events.close()]);
});

const start = (name: AgentName) =>
  startCloudChoreography(
    AGENT_DEFINITIONS[name],
    {
      TENANT_ID: "acme-corp",
      AWS_REGION: "eu-west-1",
      BFF_PUBLIC_KEYS: publicKey,
      EVENT_BUS: "alicerce-acme-corp",
      EVENTS_QUEUE_URL: events.urlOf(name),
      EVENTS_TABLE: tableOf[name],
      AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    },
    log,
  );

/** Puts an event into the queue of an agent, as a rule of EventBridge does. */
const deliver = (queue: string, source: string, event: TenantEvent): void =>
  events.send(
    JSON.stringify({ source, "detail-type": event.type, detail: JSON.parse(inEnvelope(event)) as unknown }),
    queue,
  );

const told = () =>
  events.waiting
    .filter(({ queue }) => queue === "webhooks")
    .map(({ body }) => {
      const { source, detail } = JSON.parse(body) as { source: string; detail: { cloudevent: string } };
      return { teller: source, ...(JSON.parse(detail.cloudevent) as TenantEvent) };
    });
const processed = () => told().filter(({ type }) => type === RECORDS.processed);

/** Waits until all that was delivered to agents is worked on, or dead. */
const settled = () =>
  vi.waitFor(
    () => {
      events.pass(60_000);
      expect(events.waiting.filter(({ queue }) => queue !== "webhooks")).toEqual([]);
    },
    { timeout: 50_000, interval: 50 },
  );
const forget = (): void => void (events.waiting.length = events.dead.length = events.taken.length = 0);

describe("agents in the cloud that work together by events", () => {
  it("pass a partner's records on, and say once what became of each, however often they hear of them", async () => {
    forget();
    const running = HEARING.map(start);
    const event = await sent({
      records: [
        { sku: "MUG-01", quantity: 2 },
        { sku: "=cmd()", quantity: 1 },
      ],
    });
    for (let times = 1; times <= 3; times++) deliver("integration-processor", BFF, event);
    await vi.waitFor(() => expect(processed()).toHaveLength(1), { timeout: 50_000, interval: 50 });
    await settled();
    expect(processed()).toMatchObject([
      {
        teller: "agent.data-transformer",
        source: "agent.data-transformer",
        subject: "partner/metal-works/records",
        tenantid: "acme-corp",
        data: {
          message: event.id,
          records: [{ index: 0, itemCode: "MUG-01", units: 2, source: "partner" }],
          deadLetters: [{ index: 1, step: "validate" }],
        },
      },
    ]);
    expect(events.taken.filter((it) => it === RECORDS.validated)).toHaveLength(1);
    expect(events.dead).toEqual([]);
    await Promise.all(running.map((it) => it.stop()));
  });

  it("say what nobody can validate, and what is no batch, without asking the next step", async () => {
    forget();
    const agent = start("integration-processor");
    for (const data of [{ records: [{ sku: "?" }] }, { rows: [] }])
      deliver("integration-processor", BFF, await sent(data));
    await vi.waitFor(() => expect(processed()).toHaveLength(2), { timeout: 50_000, interval: 50 });
    expect(
      processed()
        .map(({ data }) => (data as { code?: string }).code)
        .toSorted(),
    ).toEqual(["ERR_RECORDS", undefined]);
    expect(events.taken).not.toContain(RECORDS.validated);
    await agent.stop();
  });

  it("work on what came while they did not run", async () => {
    forget();
    deliver("integration-processor", BFF, await sent({ records: [{ sku: "MUG-02", quantity: 1 }] }));
    const first = start("integration-processor");
    await vi.waitFor(() => expect(events.waiting.map(({ queue }) => queue)).toContain("data-transformer"), {
      timeout: 50_000,
      interval: 50,
    });
    await first.stop();
    const second = start("data-transformer");
    await vi.waitFor(() => expect(processed()).toHaveLength(1), { timeout: 50_000, interval: 50 });
    await second.stop();
  });

  it("do nothing for what is forged, told by another one, of another tenant, or of a kind that they do not hear", async () => {
    forget();
    const handover = { partnerId: "metal-works", message: "m", records: [], deadLetters: [] };
    const validated = (tenant: string) =>
      agentEvent(tenant, { source: agentSource("integration-processor"), type: RECORDS.validated, data: handover });
    const foreign = await tenantOf("xyz-gmbh").signer.sign({
      source: partnerSource("metal-works", "src_1"),
      type: RECORDS.sent,
      data: { records: [{ sku: "MUG-01", quantity: 2 }] },
    });
    deliver("data-transformer", "agent.coordinator", validated("acme-corp"));
    deliver("data-transformer", BFF, validated("acme-corp"));
    deliver("data-transformer", agentSource("integration-processor"), validated("xyz-gmbh"));
    deliver("integration-processor", BFF, { ...foreign, tenantid: "acme-corp" });
    deliver("integration-processor", BFF, await sent({}, { type: "partner.stock.changed" }));
    deliver(
      "integration-processor",
      agentSource("data-transformer"),
      await sent({ records: [{ sku: "MUG-01", quantity: 2 }] }),
    );
    deliver("integration-processor", BFF, await sent({ records: [1] }, { source: "urn:alicerce:bff:b2b" }));
    const running = HEARING.map(start);
    await settled();
    await Promise.all(running.map((it) => it.stop()));
    expect(events.dead).toHaveLength(7);
    expect(told()).toEqual([]);
  });

  it("do not say again what they have said when they hear it in a replay", async () => {
    forget();
    const agent = start("integration-processor");
    const event = await sent({ records: [{ sku: "MUG-03", quantity: 1 }] });
    deliver("integration-processor", BFF, event);
    await vi.waitFor(() => expect(events.taken).toEqual([RECORDS.validated]), { timeout: 50_000, interval: 50 });
    deliver("integration-processor", BFF, event);
    await vi.waitFor(
      () => expect(events.waiting.filter(({ queue }) => queue === "integration-processor")).toEqual([]),
      {
        timeout: 50_000,
        interval: 50,
      },
    );
    await agent.stop();
    expect(events.taken).toEqual([RECORDS.validated]);
  });
});

describe("what agents hear and say", () => {
  it("is what their code reacts to, and those that hear nothing react to nothing", () => {
    for (const name of Object.keys(AGENTS) as AgentName[]) {
      const heard = eventsOf(name)?.hears.map(({ type }) => type) ?? [];
      expect([name, Object.keys(AGENT_DEFINITIONS[name].reactions ?? {})]).toEqual([name, heard]);
    }
    expect(() =>
      startChoreography(AGENT_DEFINITIONS.coordinator, {
        tenantId: "acme-corp",
        publicKeys: [publicKey],
        log,
        stores: { queue: { receive: () => Promise.resolve([]) }, hear: () => Promise.resolve("done") },
      }),
    ).toThrow("coordinator has no reaction to any event");
  });

  it("is said by an agent or a BFF whose scenarios the hearer shares", () => {
    for (const name of HEARING)
      for (const { from, type } of eventsOf(name)?.hears ?? []) {
        const [kind, teller = ""] = from.split(".");
        if (kind === "bff") expect(AGENTS[name].scenarios).toContain(teller);
        else {
          expect(eventsOf(teller)?.tells).toContain(type);
          expect(AGENTS[teller as AgentName].scenarios).toEqual(expect.arrayContaining([...AGENTS[name].scenarios]));
        }
      }
  });
});
