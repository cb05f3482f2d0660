import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { signatureHeaders } from "../../../services/bff/b2b/webhooks/signing/signature.ts";
import type { LocalPartner } from "../bff/b2b.ts";
import { endServer, listenOnLoopback } from "../loopback-server.ts";
import type { Platform } from "../platform.ts";
import { expected, type Walk } from "./walk.ts";

const JSON_BODY = { "content-type": "application/json" };

/** A message to the partner: what became of its records. */
interface Told {
  readonly type: string;
  readonly data: {
    readonly message: string;
    readonly records: readonly object[];
    readonly deadLetters: readonly object[];
  };
}

/** A partner says records in an event of its own; two agents hear of them one after the other, and a webhook tells what became of them. */
export async function partnerSaysRecords(walk: Walk, platform: Platform, tenant: string): Promise<void> {
  await walk.step(
    "records in a partner's event go from agent to agent by events, and a webhook tells it of them",
    async () => {
      const bff = platform.partnerBffs.find((it) => it.tenant === tenant);
      const [partner] = bff?.partners ?? [];
      if (bff === undefined || partner === undefined) throw new TypeError(`${tenant} has no partners`);
      const { url, told, close } = await receiver();
      try {
        await asked(bff.url, partner, "/v1/webhooks/endpoints", { url, types: ["records."] });
        const source = await asked(bff.url, partner, "/v1/webhooks/sources");
        const records = [
          { sku: "MUG-01", quantity: 2 },
          { sku: "=cmd()", quantity: 1 },
        ];
        const message = {
          id: `check-${Date.now()}`,
          body: JSON.stringify({ type: "records.sent", data: { records } }),
          at: Date.now(),
        };
        // The second one changes nothing.
        for (const status of [202, 200]) {
          const headers = { ...JSON_BODY, ...signatureHeaders(message, [String(source["secret"])]) };
          const answer = await fetch(`${bff.url}/v1/incoming/${String(source["id"])}`, {
            method: "POST",
            headers,
            body: message.body,
          });
          expected(answer.status, status, "status");
        }
        const { type, data } = await told;
        expected([type, data.message], ["records.processed", message.id], "what the webhook tells");
        expected(data.records, [{ index: 0, itemCode: "MUG-01", units: 2, source: "partner" }], "records");
        return `${data.records.length} records taken, ${data.deadLetters.length} not`;
      } finally {
        await close();
      }
    },
  );
}

async function asked(
  bff: string,
  { apiKey }: LocalPartner,
  path: string,
  body?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = { ...JSON_BODY, "x-api-key": apiKey };
  const answer = await fetch(`${bff}${path}`, { method: "POST", headers, ...(body && { body: JSON.stringify(body) }) });
  expected(answer.status, 201, `status of ${path}`);
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}

/** The partner's own server, and the first message that it is sent. */
async function receiver(): Promise<{
  readonly url: string;
  readonly told: Promise<Told>;
  readonly close: () => Promise<void>;
}> {
  const { promise: told, resolve } = Promise.withResolvers<Told>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      response.writeHead(204).end();
      resolve(JSON.parse(body) as Told);
    });
  });
  const port = await listenOnLoopback(server);
  return { url: `http://127.0.0.1:${port}/`, told, close: () => endServer(server) };
}
