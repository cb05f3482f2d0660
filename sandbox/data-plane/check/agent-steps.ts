import type { AgentName } from "../../../contracts/agents/names.ts";
import {
  AGENT_CONTEXT_SECONDS,
  AGENTS_AUDIENCE,
  bffIssuer,
  gatewayAudience,
} from "../../../contracts/agents/identity.ts";
import { AgentClient } from "../../../services/libraries/agent-client/agent-client.ts";
import { contextSigner } from "../../../services/libraries/service-kit/tokens/context-signer.ts";
import type { CallerContext } from "../../../services/libraries/service-kit/tenant-context.ts";
import type { LocalAgents } from "../agents/local-agents.ts";
import type { Platform } from "../platform.ts";
import { expected, holds, type Walk } from "./walk.ts";

/** Somebody on whose behalf a BFF calls an agent. */
type Behalf = Omit<CallerContext, "tenantId" | "clientId">;

const CONSUMER: Behalf = { kind: "consumer", userId: "u-check", scopes: ["mcp:read"] };
const PARTNER: Behalf = { kind: "partner", organizationId: "org-check", scopes: ["mcp:read", "mcp:write"] };

/** A consumer's question goes through two agents and the gateway to a tool, and is refused by another tenant's agents. */
export async function consumerAsksAgents(walk: Walk, platform: Platform, tenant: string): Promise<void> {
  const agents = agentsOf(platform, tenant);
  await walk.step("a consumer's question reaches a tool and comes back", async () => {
    const [tools, answer] = await asked(
      agents,
      "coordinator",
      "bff-b2c",
      "Where is my order, and which products are there?",
    );
    expected(tools, ["customer-support", "product-recommendation"], "agents that were asked");
    holds(
      answer.includes("Order ord-") && /\d\.\d{2} [A-Z]{3}/.test(answer),
      `neither orders nor products in ${answer}`,
    );
    holds(!/[{}<>]/.test(answer), `more than sentences in ${answer}`);
    return answer.slice(0, 160);
  });
  await walk.step("an agent tells why it was allowed a tool, and nothing of another customer's order", async () => {
    const [tools, answer] = await asked(agents, "customer-support", "bff-b2c", "Where is order ord-1001?");
    expected(tools, ["api-integration___orders_getOrder"], "tools");
    holds(!answer.includes("Order ord-"), `another customer's order is told: ${answer}`);
    return answer.slice(0, 160);
  });
  await walk.step("another tenant's agents refuse the same consumer", async () => {
    for (const other of platform.agents.filter((it) => it.tenant !== tenant)) {
      const userContext = await contextOf(agents, CONSUMER);
      const [name = "", url = ""] = Object.entries(other.urls)[0] ?? [];
      const client = new AgentClient({ url: new URL(url), tenantId: tenant, machineToken: agents.tokensOf("bff-b2c") });
      const code = await client.send({ text: "hello", userContext }).then(
        () => "answered",
        (error: unknown) => (error as { code?: string }).code,
      );
      expected(code, "ERR_AGENT_REFUSED", `${name} of ${other.tenant}`);
    }
    return "refused";
  });
}

/** A partner's records go through the pipeline; those that are not valid come back with the reason. */
export async function partnerSendsRecords(walk: Walk, platform: Platform, tenant: string): Promise<void> {
  await walk.step("a partner's records go through two agents, and what is not valid comes back", async () => {
    const agents = agentsOf(platform, tenant);
    const records = [
      { sku: "MUG-01", quantity: 2 },
      { sku: "=cmd()", quantity: 1 },
    ];
    const userContext = await contextOf(agents, PARTNER);
    const answer = await clientOf(agents, "integration-processor", "bff-b2b").send({ data: { records }, userContext });
    expected(answer.state, "completed", "state");
    holds(answer.text.startsWith("1 records taken, 1 not"), answer.text);
    return answer.text;
  });
}

function agentsOf({ agents }: Platform, tenant: string): LocalAgents {
  const found = agents.find((it) => it.tenant === tenant);
  if (found === undefined) throw new TypeError(`${tenant} has no agents`);
  return found;
}

function clientOf({ tenant, urls, tokensOf }: LocalAgents, name: AgentName, client: string): AgentClient {
  return new AgentClient({ url: new URL(urls[name] ?? ""), tenantId: tenant, machineToken: tokensOf(client) });
}

function contextOf({ tenant, certify }: LocalAgents, behalf: Behalf): Promise<string> {
  const sign = contextSigner({ issuer: bffIssuer(tenant), certify, lifetimeSeconds: AGENT_CONTEXT_SECONDS });
  const scenario = behalf.kind === "partner" ? "b2b" : "b2c";
  return sign({ ...behalf, tenantId: tenant, clientId: "alicerce-check" }, [
    AGENTS_AUDIENCE,
    gatewayAudience(scenario),
  ]);
}

/** The tools that an agent used, and what it answered. */
async function asked(
  agents: LocalAgents,
  name: AgentName,
  client: string,
  text: string,
): Promise<readonly [tools: readonly string[], answer: string]> {
  const tools: string[] = [];
  const userContext = await contextOf(agents, CONSUMER);
  for await (const event of clientOf(agents, name, client).stream({ text, userContext })) {
    if (event.type === "tool-started") tools.push(event.tool);
    if (event.type !== "final") continue;
    expected(event.answer.state, "completed", "state");
    return [tools, event.answer.text];
  }
  throw new Error("no answer");
}
