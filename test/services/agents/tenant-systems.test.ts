import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
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

let host: McpHost;
let gateway: GatewayClient;
beforeAll(async () => {
  const definition: ServerDefinition<object> = {
    name: "mcp-systems",
    title: "Systems",
    version: "1.0.0",
    instructions: "",
    tools: [getOrder],
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

const got = (orderId: string) =>
  inSystems(
    { operation: "get-order", orderId },
    { gateway, customerId: "c-1", onBehalfOf: "a.b.c", signal: AbortSignal.timeout(60_000) },
  );

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
