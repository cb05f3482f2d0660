import { SEARCH_TOOL } from "../../../contracts/tool-names.ts";
import type { Platform } from "../platform.ts";
import { walksTheChat } from "./chat-page.ts";
import { consumerAsksAgents } from "./agent-steps.ts";
import { gatewayOf, rawCall, reader, readerToken, result, wordsOf } from "./callers.ts";
import type { GatewayClient } from "../../../services/libraries/gateway-client/gateway-client.ts";
import { expected, holds, Walk, type Step } from "./walk.ts";

const TENANT = "acme-corp";

/** The specification's scenario "B2C": an agent serves consumers, as a machine with tokens of Amazon Cognito. */
export async function consumerScenario(platform: Platform, onStep: (step: Step) => void): Promise<readonly Step[]> {
  const walk = new Walk(onStep);
  const agent = reader(gatewayOf(platform, TENANT, "b2c"));
  await findsThings(walk, agent);
  await isRefused(walk, platform, agent);
  await consumerAsksAgents(walk, platform, TENANT);
  await walksTheChat(walk, platform, TENANT);
  await agent.close();
  return walk.steps;
}

async function findsThings(walk: Walk, agent: GatewayClient): Promise<void> {
  await walk.step("an agent gets a token for itself and sees what it may use", async () => {
    const names = (await agent.listTools()).map((it) => it.name);
    holds(names.includes("database___query"), "the database is not offered");
    holds(!names.includes("database___insert-rows"), "what the token's scope does not cover is shown");
    holds(!names.some((it) => it.startsWith("development___")), "the development server is offered to consumers");
    return `MCP ${agent.protocolVersion ?? "?"}, ${names.length} tools`;
  });
  await walk.step("it finds a product, by GraphQL behind the API server", async () => {
    const answer = await result(agent, "api-integration___catalog_findProducts", { first: 3 });
    const text = JSON.stringify(answer);
    holds(text.includes('"sku"'), `no product in ${text}`);
    return text;
  });
  await walk.step("it looks up orders, by REST", async () => {
    const text = JSON.stringify(await result(agent, "api-integration___orders_listOrders"));
    holds(text.includes('"orders"'), `no orders in ${text}`);
    return text;
  });
  await walk.step("it finds a tool by what it is for", async () => {
    const answer = await agent.callTool(SEARCH_TOOL, { query: "query the database" });
    holds(
      answer.isError !== true && wordsOf(answer).includes("database___query"),
      `not found: ${wordsOf(answer).slice(0, 200)}`,
    );
    return "database___query";
  });
}

async function isRefused(walk: Walk, platform: Platform, agent: GatewayClient): Promise<void> {
  await walk.step("writing is refused to a token that may only read", async () => {
    const refusal = await agent
      .callTool("api-integration___orders_cancelOrder", { orderId: "ord-1001", body: { reason: "check" } })
      .then(wordsOf, (error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    holds(
      refusal instanceof Error && /scope/i.test(`${refusal.name} ${refusal.message}`),
      `not refused: ${String(refusal)}`,
    );
    return String(refusal);
  });
  await walk.step("SQL that would step out of the tenant is refused", async () => {
    const answer = await agent.callTool("database___query", { sql: "SET ROLE admin" });
    expected(answer.isError, true, "isError");
    return wordsOf(answer);
  });
  await walk.step("its token is worth nothing at the partners' gateway", async () => {
    const authorization = `Bearer ${await readerToken(gatewayOf(platform, TENANT, "b2c"))}`;
    const response = await rawCall(gatewayOf(platform, TENANT, "b2b").url, { authorization }, "database___query");
    holds([401, 403].includes(response.status), `status ${response.status}`);
    return String(response.status);
  });
}
