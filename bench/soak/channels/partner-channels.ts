import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";
import type { LocalPartner, LocalPartnerBff } from "../../../sandbox/data-plane/bff/b2b.ts";
import { endServer, listenOnLoopback } from "../../../sandbox/data-plane/loopback-server.ts";
import { signatureHeaders } from "../../../services/bff/b2b/webhooks/signing/signature.ts";
import { type Channel, compared, untilTaken, wanted } from "./channel.ts";

const page = z.object({
  orders: z.array(z.object({ note: z.string().nullish() })),
  nextCursor: z.string().optional(),
});
const source = z.object({ id: z.string(), secret: z.string() });
const job = z.object({ id: z.string(), state: z.string() });
const result = z.object({ row: z.number() });
const told = z.object({ data: z.object({ message: z.string() }) });

const ROWS = 200;
/** What is being worked on when nothing more is sent has so long to come to its end. */
const SETTLED_MS = 60_000;

/** A partner's requests, with its key. */
class Desk {
  private readonly bff: LocalPartnerBff;
  private readonly partner: LocalPartner;

  constructor(bff: LocalPartnerBff, partner: LocalPartner) {
    this.bff = bff;
    this.partner = partner;
  }

  ask(
    path: string,
    init: { method?: string; body?: string; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const headers = { "content-type": "application/json", ...init.headers, "x-api-key": this.partner.apiKey };
    return fetch(`${this.bff.url}${path}`, { ...init, headers });
  }
}

/** Orders by the API, each with an idempotency key of its own. */
export function orders(bff: LocalPartnerBff, partner: LocalPartner): Channel {
  const desk = new Desk(bff, partner);
  const taken = new Set<string>();
  return {
    name: "orders by the API",
    // A partner of the middle tier may ask 300 times a minute.
    everyMs: 300,
    async send(number) {
      const note = `soak ${number}`;
      const body = JSON.stringify({ lines: [{ sku: "pan", quantity: 1 }], note });
      const headers = { "idempotency-key": `soak-${number}` };
      await untilTaken(async () =>
        wanted((await desk.ask("/v1/orders", { method: "POST", body, headers })).status, 201),
      );
      taken.add(note);
    },
    async account() {
      const found: string[] = [];
      for (let cursor: string | undefined = ""; cursor !== undefined;) {
        const from: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
        const answer = await untilTaken(async () => {
          const response = await desk.ask(`/v1/orders?limit=100${from}`);
          wanted(response.status, 200);
          return page.parse(await response.json());
        });
        found.push(...answer.orders.map((it) => it.note ?? ""));
        cursor = answer.nextCursor;
      }
      return { sent: taken.size, ...compared(taken, found) };
    },
  };
}

/** Records in a partner's events, of which a webhook tells what two agents made of them. */
export async function events(
  bff: LocalPartnerBff,
  partner: LocalPartner,
): Promise<Channel & { stop(): Promise<void> }> {
  const desk = new Desk(bff, partner);
  const taken = new Set<string>();
  /** By message, the webhooks that told of it: one that is sent again has the same id. */
  const heard = new Map<string, Set<string>>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { data } = told.parse(JSON.parse(body));
      heard.set(data.message, (heard.get(data.message) ?? new Set()).add(String(request.headers["webhook-id"])));
      response.writeHead(204).end();
    });
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}/`;
  await desk.ask("/v1/webhooks/endpoints", { method: "POST", body: JSON.stringify({ url, types: ["records."] }) });
  const { id, secret } = source.parse(await (await desk.ask("/v1/webhooks/sources", { method: "POST" })).json());
  return {
    name: "records by events, webhooks and two agents",
    everyMs: 1_000,
    async send(number) {
      const data = { records: [{ sku: "MUG-01", quantity: 1 }] };
      const message = { id: `soak-${number}`, body: JSON.stringify({ type: "records.sent", data }), at: Date.now() };
      const headers = signatureHeaders(message, [secret]);
      await untilTaken(async () => {
        const { status } = await desk.ask(`/v1/incoming/${id}`, { method: "POST", body: message.body, headers });
        wanted(status, 200, 202);
      });
      taken.add(message.id);
    },
    async account() {
      const until = performance.now() + SETTLED_MS;
      while (performance.now() < until && [...taken].some((it) => !heard.has(it)))
        await new Promise((resolve) => setTimeout(resolve, 500));
      const found = [...heard].flatMap(([message, ids]) => [...ids].map(() => message));
      return { sent: taken.size, ...compared(taken, found) };
    },
    stop: () => endServer(server),
  };
}

/** Files of rows, each a job whose results are read in the end. */
export function batches(bff: LocalPartnerBff, partner: LocalPartner): Channel {
  const desk = new Desk(bff, partner);
  const jobs: string[] = [];
  const file = (number: number): string =>
    `sku,quantity,reference\n${Array.from({ length: ROWS }, (_, row) => `MUG-01,1,soak-${number}-${row}\n`).join("")}`;
  return {
    name: `rows in files of ${ROWS}`,
    everyMs: 10_000,
    async send(number) {
      const headers = { "content-type": "text/csv" };
      const begun = await untilTaken(async () => {
        const response = await desk.ask("/v1/batches?schema=order-lines", {
          method: "POST",
          body: file(number),
          headers,
        });
        wanted(response.status, 202);
        return job.parse(await response.json());
      });
      jobs.push(begun.id);
    },
    async account() {
      const found: string[] = [];
      const known = new Set<string>();
      for (const id of jobs) {
        for (let row = 1; row <= ROWS; row++) known.add(`${id} ${row}`);
        await untilTaken(async () => {
          const { state } = job.parse(await (await desk.ask(`/v1/batches/${id}`)).json());
          wanted(state, "done", "failed", "cancelled");
        });
        const lines = (await (await desk.ask(`/v1/batches/${id}/results`)).text())
          .split("\n")
          .filter((it) => it !== "");
        found.push(...lines.map((it) => `${id} ${result.parse(JSON.parse(it)).row}`));
      }
      return { sent: known.size, ...compared(known, found) };
    },
  };
}
