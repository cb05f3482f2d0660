import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { partnerSubject } from "../../../../../contracts/bff/events.ts";
import { PARTNER_PATH } from "../../../../../services/bff/b2b/paths.ts";
import { partnerServer } from "../../../../../services/bff/b2b/server.ts";
import { incomingRoutes } from "../../../../../services/bff/b2b/webhooks/incoming/incoming-routes.ts";
import { type SenderOptions, sendDue } from "../../../../../services/bff/b2b/webhooks/outgoing/run-sender.ts";
import { webhookSender } from "../../../../../services/bff/b2b/webhooks/outgoing/send.ts";
import { SecretSeal } from "../../../../../services/bff/b2b/webhooks/signing/secrets.ts";
import { prepareWebhookDatabase } from "../../../../../services/bff/b2b/webhooks/tables.ts";
import { webhookRoutes } from "../../../../../services/bff/b2b/webhooks/webhook-routes.ts";
import { ApiProblem } from "../../../../../services/bff/library/api-problem.ts";
import type { EventSigner } from "../../../../../services/libraries/events/event-signature.ts";
import { keyedTables } from "../../../../support/tables/keyed-tables.ts";
import { tenantOf } from "../../../libraries/events/fixture.ts";
import { partnerFixture, type TenantFixture } from "../partner-fixture.ts";
import { dynamoStores, postgresStores, type WebhookStores } from "./stores.ts";

export const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The stores whose tests are the same. */
export const KINDS = ["PostgreSQL", "DynamoDB"] as const;

/** The webhook channels of two tenants, whose callers say in a header which partner they are: who they are is tested elsewhere. */
export async function webhookFixture(kind: (typeof KINDS)[number]) {
  const [fixture, tables] = await Promise.all([partnerFixture(), keyedTables()]);
  await fixture.server.asAdmin("postgres", prepareWebhookDatabase);
  const clock = { now: Date.now() };
  const emptied = () =>
    fixture.server.asAdmin("postgres", async (client) => {
      await client.query("TRUNCATE partner_bff.webhook_endpoints, partner_bff.webhook_sources, events.outbox CASCADE");
    });
  const channels = async (tenant: TenantFixture, tenantId: string) => {
    const [seal, { signer }] = [new SecretSeal(Buffer.alloc(32, tenantId)), tenantOf(tenantId)];
    const of = { tenant, seal, signer };
    const table = `webhooks-${tenantId}-${randomUUID()}`;
    if (kind === "DynamoDB") await tables.make(table, { hasParts: true });
    const stores = kind === "DynamoDB" ? dynamoStores(of, tables, table) : postgresStores(of, emptied);
    return { ...tenant, ...stores, ...channelOf(stores, { tenantId, seal, signer, clock }) };
  };
  return {
    ...fixture,
    clock,
    acme: await channels(fixture.acme, "acme-corp"),
    xyz: await channels(fixture.xyz, "xyz-gmbh"),
    close: () => Promise.all([fixture.close(), tables.close()]),
  };
}

interface Channel {
  readonly tenantId: string;
  readonly seal: SecretSeal;
  readonly signer: EventSigner;
  readonly clock: { readonly now: number };
}

function channelOf(stores: WebhookStores, { tenantId, seal, signer, clock }: Channel) {
  const { endpoints, sources, messages, inbox, tellOf, makeDue } = stores;
  const now = () => clock.now;
  const server = partnerServer({
    tenantId,
    audit: () => undefined,
    authenticate: ({ headers }) => {
      const id = headers.get("x-partner");
      if (id === null) return Promise.reject(new ApiProblem("unauthenticated", "who are you?"));
      const credential = { kind: "api-key", id: "k" } as const;
      return Promise.resolve({ tenantId, id, customerId: "c", tier: "basic", scopes: ["webhooks:manage"], credential });
    },
    webhooks: webhookRoutes({ endpoints, messages, sources, rules: { dangerouslyAllowHttp: true }, now }),
    incoming: incomingRoutes({ inbox, sources, now }),
    log,
  });
  const call = async (method: string, path: string, body?: unknown, partner = "metal-works") => {
    const answer = await server.request(`${PARTNER_PATH.webhooks}${path}`, {
      method,
      headers: { "x-partner": partner, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    return { status: answer.status, body: (said === "" ? undefined : JSON.parse(said)) as never };
  };
  const tell = async (data: unknown, more: { type?: string; partner?: string; id?: string } = {}) => {
    const { type = "order.shipped", partner = "metal-works", id } = more;
    const subject = partnerSubject(partner, "order/1");
    const event = await signer.sign({ source: "urn:test", type, subject, data, ...(id !== undefined && { id }) });
    await tellOf(event);
    return event;
  };
  const sendNow = async (more: Partial<SenderOptions> = {}) => {
    const { send, close } = webhookSender({ dangerouslyAllowedNetworks: ["127.0.0.0/8"], timeoutMs: 2_000 });
    await makeDue();
    const sent = await sendDue({ messages, seal, send, now, ...more });
    await close();
    return sent;
  };
  return { server, seal, call, tell, sendNow };
}

/** What a receiver got, with its headers. */
export interface Got {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A partner's own server, which answers as a test says. */
export async function receiver(answer: (response: ServerResponse) => void = (it) => it.writeHead(204).end()) {
  const got: Got[] = [];
  const it = { answer };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push({ headers: request.headers, body });
      it.answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...it,
    got,
    url: `http://127.0.0.1:${port}/hook?key=1`,
    answerWith: (next: typeof answer) => void (it.answer = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
