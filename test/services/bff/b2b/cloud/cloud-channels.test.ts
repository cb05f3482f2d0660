import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startCloudChannels } from "../../../../../services/bff/b2b/cloud/cloud-channels.ts";
import { PartnerCloudConfig } from "../../../../../services/bff/b2b/config.ts";
import { PARTNER_PATH } from "../../../../../services/bff/b2b/paths.ts";
import { partnerServer } from "../../../../../services/bff/b2b/server.ts";
import { signatureHeaders } from "../../../../../services/bff/b2b/webhooks/signing/signature.ts";
import { certifyWith } from "../../../../../services/libraries/service-kit/tokens/context-delegation.ts";
import { eventsService } from "../../../../support/events/events-service.ts";
import { keyedTables } from "../../../../support/tables/keyed-tables.ts";
import { keyPair } from "../../../libraries/events/fixture.ts";
import { testStorage } from "../../../mcp/files/files-fixture.ts";
import { log } from "../webhooks/fixture.ts";

const [WEBHOOKS, JOBS] = [`webhooks-${randomUUID()}`, `jobs-${randomUUID()}`];
const HOST = "localhost";

let tables: Awaited<ReturnType<typeof keyedTables>>;
let events: Awaited<ReturnType<typeof eventsService>>;
let storage: Awaited<ReturnType<typeof testStorage>>;
let channels: ReturnType<typeof startCloudChannels>;
let server: ReturnType<typeof partnerServer>;
beforeAll(async () => {
  [tables, events, storage] = await Promise.all([keyedTables(), eventsService({ source: "bff.b2b" }), testStorage()]);
  for (const it of [WEBHOOKS, JOBS]) await tables.make(it, { hasParts: true });
  vi.stubEnv("AWS_ENDPOINT_URL_SQS", events.url);
  vi.stubEnv("AWS_ENDPOINT_URL_EVENTBRIDGE", events.url);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", storage.storage.endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", storage.storage.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", storage.storage.secretAccessKey);
  const { privateKey, publicKey } = keyPair();
  channels = startCloudChannels(
    {
      config: configOf(publicKey.export({ type: "spki", format: "pem" }).toString()),
      parts: { dynamo: tables.client, certify: certifyWith(privateKey) },
      process: ({ rows }) => Promise.resolve(rows.map(({ number, value }) => ({ number, result: value }))),
      log,
    },
    Buffer.alloc(32, 7),
  );
  server = partnerServer({
    tenantId: "acme-corp",
    audit: () => undefined,
    authenticate: () =>
      Promise.resolve({
        ...{ tenantId: "acme-corp", id: "metal-works", customerId: "cus-1", tier: "basic" },
        scopes: ["webhooks:manage", "batches:write"],
        credential: { kind: "api-key", id: "k" },
      }),
    ...channels,
    log,
  });
});
afterAll(async () => {
  await channels.stop();
  vi.unstubAllEnvs();
  await Promise.all([tables.close(), events.close(), storage.stop()]);
});

const configOf = (publicKey: string) =>
  PartnerCloudConfig.parse({
    AWS_REGION: storage.storage.region,
    TENANT_ID: "acme-corp",
    PUBLIC_URL: "https://acme-corp.b2b.eu.example.com",
    ISSUER: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a",
    PARTNERS_TOKEN_URL: "https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token",
    CLIENT_ID: "bff-b2b",
    AGENTS: JSON.stringify({ coordinator: "http://coordinator:9000", "integration-processor": "http://ip:9000" }),
    AGENT_HOSTING: "eks",
    TOKEN_FUNCTION: "token",
    CONTEXT_ISSUER: "urn:alicerce:bff:acme-corp",
    CONTEXT_KEY_ARN: "arn:aws:kms:eu-west-1:000000000000:key/1",
    DATA_KEY_ARN: "arn:aws:kms:eu-west-1:000000000000:key/2",
    BFF_PUBLIC_KEYS: publicKey,
    EVENT_BUS: "alicerce-acme-corp",
    AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    AWS_ENDPOINT_URL_S3: storage.storage.endpoint,
    IDEMPOTENCY_TABLE: "idempotency",
    API_KEYS_TABLE: "api-keys",
    JOBS_TABLE: JOBS,
    WEBHOOKS_TABLE: WEBHOOKS,
    UPLOADS_BUCKET: "acme-corp-uploads",
    WEBHOOKS_QUEUE_URL: events.queueUrl,
    WEBHOOK_HOSTS: JSON.stringify([HOST]),
    ORDER_RULES: "{}",
  });

const call = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
  const answer = await server.request(path, { method, headers, ...(body !== undefined && { body }) });
  const said = await answer.text();
  return { status: answer.status, body: (said === "" ? undefined : JSON.parse(said)) as never };
};
const json = { "content-type": "application/json" };

interface Logged {
  readonly items: readonly { readonly type: string; readonly attempts: readonly { readonly outcome: string }[] }[];
}

describe("the channels of partners in the cloud", () => {
  it("work on a batch, and tell its partner's webhook over the bus and the queue", async () => {
    const endpoint = JSON.stringify({ url: `https://${HOST}/hook`, types: ["batch."] });
    const made = await call("POST", `${PARTNER_PATH.webhooks}/endpoints`, endpoint, json);
    expect(made.status).toBe(201);
    const { id } = made.body as { readonly id: string };
    const file = "sku,quantity\nA,1\nB,0\n";
    const sent = await call("POST", `${PARTNER_PATH.batches}?schema=order-lines`, file, { "content-type": "text/csv" });
    expect(sent.status).toBe(202);
    const job = sent.body as { readonly id: string };
    await vi.waitFor(
      async () => {
        const { body } = await call("GET", `${PARTNER_PATH.webhooks}/endpoints/${id}/messages`);
        // Nothing is sent to an address that is not public.
        expect((body as Logged).items).toMatchObject([
          { type: "batch.finished", attempts: [{ outcome: "address refused" }] },
        ]);
      },
      { timeout: 50_000, interval: 100 },
    );
    expect((await call("GET", `${PARTNER_PATH.batches}/${job.id}`)).body).toMatchObject({
      state: "done",
      progress: { rows: 2, succeeded: 1, failed: 1 },
    });
  });

  it("put on the bus what a partner's webhook says, once", async () => {
    const { body } = await call("POST", `${PARTNER_PATH.webhooks}/sources`);
    const source = body as { readonly id: string; readonly secret: string };
    const said = JSON.stringify({ type: "stock.changed", data: { sku: "1" } });
    const headers = { ...json, ...signatureHeaders({ id: "msg_1", body: said, at: Date.now() }, [source.secret]) };
    const answers = [1, 2].map(() => call("POST", `${PARTNER_PATH.incoming}/${source.id}`, said, headers));
    expect((await Promise.all(answers)).map(({ status }) => status).toSorted()).toEqual([200, 202]);
    const types = () => events.taken.filter((it) => it === "partner.stock.changed");
    await vi.waitFor(() => expect(types()).toHaveLength(1), { timeout: 50_000, interval: 100 });
  });

  it("take no endpoint at a host that the tenant's pods do not reach", async () => {
    for (const url of ["https://elsewhere.example/", `https://${HOST}:8443/`, `https://${HOST}.evil.example/`]) {
      const { status } = await call(
        "POST",
        `${PARTNER_PATH.webhooks}/endpoints`,
        JSON.stringify({ url, types: ["a"] }),
        json,
      );
      expect([url, status]).toEqual([url, 422]);
    }
  });
});
