import type { CallToolResult } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerSupport } from "../../../services/agents/customer-support/agent.ts";
import { productRecommendation } from "../../../services/agents/product-recommendation/agent.ts";
import { spokenOrders, spokenProducts } from "../../../services/agents/words/spoken-results.ts";
import { AgentClient } from "../../../services/libraries/agent-client/agent-client.ts";
import { ProcessMemory } from "../../../services/libraries/agent-loop/memory.ts";
import { ScriptedModel } from "../../../services/libraries/agent-loop/model/scripted-model.ts";
import type { AgentDefinition, AgentParts } from "../../../services/libraries/agent-process/agent-definition.ts";
import { wordsOf, eventsOf, turnOf } from "../libraries/agent-loop/turns.ts";
import { openShop, type Shop } from "../mcp/api-integration/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** The tools of the shop by the names that the gateway gives them; they are the tools that the agent is allowed. */
function parts(tools: readonly string[]): AgentParts {
  return {
    gateway: () => ({
      listTools: () =>
        Promise.resolve(
          tools.map((name) => ({
            name: `api-integration___${name}`,
            inputSchema: { type: "object" as const },
          })),
        ),
      callTool: async (name, args) =>
        (await shop.call(name.replace("api-integration___", ""), { ...args })).result as CallToolResult,
    }),
    peer: () => new AgentClient({ url: new URL("http://127.0.0.1:9/"), tenantId: "acme-corp" }),
    model: (script) => () => new ScriptedModel(script),
    memory: new ProcessMemory(),
    log: () => undefined,
  };
}

async function said({ work }: AgentDefinition, tools: readonly string[], question: string): Promise<string> {
  return wordsOf(await eventsOf(work(parts(tools))(turnOf(question))));
}

test("what a tool answers is told as sentences, without the JSON and the marks around it", async () => {
  const orders = await said(customerSupport, ["orders_listOrders", "orders_getOrder"], "Where are my orders?");
  expect(orders).toContain("Order ord-1001 of 2026-01-05 (1 × pan) is shipped.");
  const one = await said(customerSupport, ["orders_listOrders", "orders_getOrder"], "Where is order ord-1002?");
  expect(one).toBe("Order ord-1002 of 2026-02-11 (2 × spade) is open.");
  const products = await said(productRecommendation, ["catalog_findProducts"], "Which products are there?");
  expect(products).toMatch(/^These products fit: .+ \(\w+\) for \d+\.\d{2} [A-Z]{3}/);
  for (const it of [orders, one, products]) expect(it).not.toMatch(/[{}<>]|tool-output/);
});

test("what a tool could not do is told as a sentence, without its reasons", async () => {
  const unknown = await said(customerSupport, ["orders_getOrder"], "Where is order ord-9999?");
  expect(unknown).toBe("I could not look up the order. Is its number right?");
});

test("where there is nothing, or nothing that is understood, a sentence says so", () => {
  expect(spokenOrders({ data: { data: { orders: [] } }, isError: false })).toBe("There are no orders.");
  expect(spokenOrders({ data: "<tool-output>", isError: false })).toBe(
    "I could not look up the order. Is its number right?",
  );
  expect(spokenProducts({ data: { data: { products: [] } }, isError: false })).toBe("There are no such products.");
  expect(spokenProducts({ data: undefined, isError: true })).toBe("The catalogue cannot be reached at the moment.");
});
