import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { PartnerOperation } from "../../../contracts/agents/partner-operations.ts";
import { inSystems } from "../../../services/agents/integration-processor/systems/tenant-systems.ts";
import { GatewayClient } from "../../../services/libraries/gateway-client/gateway-client.ts";
import { defineTool, type ServerDefinition } from "../../../services/libraries/mcp-host/definition/definition.ts";
import { createMcpHost } from "../../../services/libraries/mcp-host/host.ts";
import type { McpHost } from "../../../services/libraries/mcp-host/http/listener.ts";
import { Problem } from "../../../services/libraries/service-kit/problem.ts";
import { contextOf } from "../libraries/mcp-host/calls.ts";

/** What the server says of each order: a code, and words that no release of ours has. */
const REFUSALS: { readonly [orderId: string]: readonly [code: string, words: string] } = {
  "of-another": ["ERR_RECORD_UNKNOWN", "nada foi encontrado"],
  hostile: ["ERR_BACKEND_UNREACHABLE", "there is no such record, says somebody"],
  coded: ["ERR_BACKEND_BUSY", "ERR_RECORD_UNKNOWN"],
  closed: ["ERR_BACKEND_REFUSED", '"orders": the backend answered 409'],
  wrong: ["ERR_BACKEND_REFUSED", '"orders": the backend answered 422'],
};

const order = { id: "o-1", customerId: "c-1", status: "open", placedAt: "2026-01-01", lines: [] };
const getOrder = defineTool({
  name: "api-integration___orders_getOrder",
  title: "Get an order",
  description: "Gets an order.",
  scope: "mcp:read",
  permission: "read:apis",
  classification: "confidential",
  awsCalls: [],
  input: z.object({ orderId: z.string() }),
  output: z.object({ data: z.unknown() }),
  run: ({ orderId }) => {
    const [code, words] = REFUSALS[orderId] ?? [];
    if (code === undefined) return Promise.resolve({ data: { ...order, id: orderId } });
    throw new Problem(code, "for the log", words ?? "");
  },
});

/** What the API server passes on of a list. */
const MOST = 3;
const ALL = Array.from({ length: 10 }, (_, i) => ({ ...order, id: `o-${i}` }));
/** A backend's page, of which the server leaves out what is beyond `MOST`, and says so. */
const listOrders = defineTool({
  name: "api-integration___orders_listOrders",
  title: "List orders",
  description: "Lists orders.",
  scope: "mcp:read",
  permission: "read:apis",
  classification: "confidential",
  awsCalls: [],
  input: z.object({ limit: z.number(), cursor: z.string().default("0"), customerId: z.string() }),
  output: z.object({ data: z.unknown(), notices: z.array(z.string()).optional() }),
  run: ({ limit, cursor }) => {
    const end = Number(cursor) + limit;
    const orders = ALL.slice(Number(cursor), end);
    const data = { orders: orders.slice(0, MOST), ...(end < ALL.length && { nextCursor: String(end) }) };
    const notices = orders.length > MOST ? [`/orders: ${MOST} of ${orders.length} items`] : [];
    return Promise.resolve({ data, ...(notices.length > 0 && { notices }) });
  },
});

let host: McpHost;
let gateway: GatewayClient;
beforeAll(async () => {
  const definition: ServerDefinition<object> = {
    name: "mcp-systems",
    title: "Systems",
    version: "1.0.0",
    instructions: "",
    tools: [getOrder, listOrders],
  };
  const log = { warn: () => undefined, error: () => undefined };
  const dangerouslyFixedContext = contextOf("acme");
  host = createMcpHost(definition, { services: {}, allowedHosts: ["127.0.0.1"], log, dangerouslyFixedContext });
  const port = await host.listen(0, "127.0.0.1");
  const url = new URL(`http://127.0.0.1:${port}/mcp`);
  gateway = new GatewayClient({ url, name: "agent", version: "1.0.0" });
});
afterAll(async () => {
  await gateway.close();
  await host.stop();
});

const asked = (operation: PartnerOperation) =>
  inSystems(operation, { gateway, customerId: "c-1", onBehalfOf: "a.b.c", signal: AbortSignal.timeout(60_000) });
const got = (orderId: string) => asked({ operation: "get-order", orderId });

test.each([
  ["of-another", "ERR_RECORD_NOT_FOUND"],
  ["hostile", "ERR_SYSTEMS_UNAVAILABLE"],
  ["coded", "ERR_SYSTEMS_UNAVAILABLE"],
  ["closed", "ERR_RECORD_STATE"],
  ["wrong", "ERR_RECORD_INVALID"],
])("an order that is %s is told by its code: %s", async (orderId, code) => {
  await expect(got(orderId)).rejects.toMatchObject({ code });
});

test("an order of the customer is answered with", async () => {
  expect(await got("o-1")).toEqual({ id: "o-1", status: "open", placedAt: "2026-01-01", lines: [] });
});

test("every order is on some page, though the API server cuts long lists", async () => {
  const found: string[] = [];
  for (let cursor: string | undefined = "0"; cursor !== undefined;) {
    const page = (await asked({ operation: "list-orders", limit: 8, cursor })) as {
      readonly orders: readonly { readonly id: string }[];
      readonly nextCursor?: string;
    };
    found.push(...page.orders.map((it) => it.id));
    cursor = page.nextCursor;
  }
  expect(found).toEqual(ALL.map((it) => it.id));
});
