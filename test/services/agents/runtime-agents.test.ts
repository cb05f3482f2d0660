import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentName } from "../../../contracts/agents/names.ts";
import { AGENT_DEFINITIONS } from "../../../services/agents/agents.ts";
import { AgentClient } from "../../../services/libraries/agent-client/agent-client.ts";
import { agentUrl } from "../../../services/libraries/agent-client/agent-url.ts";
import { runtimeFetch } from "../../../services/libraries/agent-client/runtime-fetch.ts";
import type { AgentHost } from "../../../services/libraries/agent-host/http/listener.ts";
import { agentHostOf } from "../../../services/libraries/agent-process/agent-process.ts";
import { AgentConfig } from "../../../services/libraries/agent-process/config.ts";
import type { CallerContext } from "../../../services/libraries/service-kit/tenant-context.ts";
import { resourcesOfType } from "../../infra/plans.ts";
import { tenantIdentity } from "../libraries/agent-host/agents.ts";
import { CREDENTIALS, type RuntimeStandIn, runtimeStandIn, type StoodIn } from "./runtime-stand-in.ts";

const STACK = "development.us-east-1.acme-corp";

/** An agent as the stack plans its runtime. */
interface PlannedRuntime {
  readonly name: AgentName;
  readonly arn: string;
  readonly headers: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

const PLANNED: readonly PlannedRuntime[] = resourcesOfType(
  STACK,
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
).flatMap(({ name, inputs, outputs }) => {
  if (!name.startsWith("agent-")) return [];
  const { requestHeaderAllowlists } = inputs["requestHeaderConfiguration"] as { requestHeaderAllowlists: string[] };
  const variables = inputs["environmentVariables"] as Record<string, string>;
  const arn = String(outputs?.["agentRuntimeArn"]);
  return [{ name: name.slice("agent-".length) as AgentName, arn, headers: requestHeaderAllowlists, variables }];
});

const audit: string[] = [];
const hosts: AgentHost[] = [];
const runtimes = new Map<string, StoodIn>();
let identity: Awaited<ReturnType<typeof tenantIdentity>>;
let standIn: RuntimeStandIn;

const signed = (credentials: typeof CREDENTIALS = CREDENTIALS) =>
  runtimeFetch({ region: "us-east-1", credentials, fetch: (...all) => standIn.fetch(...all) });

/** The coordinator, as the consumers' BFF calls it. */
function bff(fetch = signed(), tenantId = "acme-corp"): AgentClient {
  const arn = PLANNED.find(({ name }) => name === "coordinator")?.arn ?? "";
  return new AgentClient({ url: agentUrl(arn), tenantId, fetch, limits: { retries: 0 } });
}

beforeAll(async () => {
  identity = await tenantIdentity("acme-corp");
  standIn = await runtimeStandIn((arn) => runtimes.get(arn));
  for (const { name, arn, headers, variables } of PLANNED) {
    const config = AgentConfig.parse({
      ...variables,
      // What a laptop has instead: a scripted model, no gateway, and keys of its own.
      MODEL_ID: "scripted",
      GATEWAY_URL: "{}",
      BFF_PUBLIC_KEYS: identity.bff.publicKeys,
    });
    const host = agentHostOf(AGENT_DEFINITIONS[name], config, {
      machineToken: () => Promise.reject(new TypeError("agents on AgentCore Runtime are called without tokens")),
      log: { warn: () => undefined, error: () => undefined },
      audit: (line) => void audit.push(line),
      callsAs: { fetch: signed() },
    });
    hosts.push(host);
    runtimes.set(arn, { port: await host.listen(0, "127.0.0.1"), headers });
  }
});
beforeEach(() => {
  audit.length = 0;
  standIn.sessions.length = 0;
});
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.stop()));
  await standIn.stop();
});

const changed = (body: unknown): string => (typeof body === "string" ? body.replace("order", "account") : "");
const context = (caller: Partial<CallerContext> = {}) => identity.context(caller);
const sessionsOf = async (caller: Partial<CallerContext>): Promise<readonly string[]> => {
  standIn.sessions.length = 0;
  await bff().send({ text: "Where is my order?", userContext: await context(caller) });
  return [...standIn.sessions];
};

describe("agents on AgentCore Runtime, as the stack plans them,", () => {
  it("take a BFF's calls and call each other, on behalf of the same person", async () => {
    const tools: string[] = [];
    let text = "";
    const question = {
      text: "Where is my order, and which mugs are there?",
      userContext: await context(),
      correlationId: "correlation-9",
    };
    for await (const event of bff().stream(question)) {
      if (event.type === "tool-finished") tools.push(`${event.tool} ${event.outcome}`);
      if (event.type === "final") text = event.answer.text;
    }
    expect(tools).toEqual(["customer-support done", "product-recommendation done"]);
    expect(text).toContain("Which order is it about?");
    const lines = audit.map((line) => JSON.parse(line) as { correlation_id: string; client_context: object });
    expect(lines).toHaveLength(3);
    for (const line of lines)
      expect(line).toMatchObject({
        correlation_id: "correlation-9",
        client_context: { tenant_id: "acme-corp", user_id: "u-ana" },
      });
  });

  it("are called in one session for each person, which is nobody else's", async () => {
    const [ana, again, bea] = [
      await sessionsOf({ userId: "u-ana" }),
      await sessionsOf({ userId: "u-ana", scopes: ["mcp:read", "mcp:write"] }),
      await sessionsOf({ userId: "u-bea" }),
    ];
    expect(ana).toHaveLength(2);
    expect(new Set([...ana, ...again])).toHaveLength(1);
    expect(ana[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(bea).not.toContain(ana[0]);
    const partners = [
      await sessionsOf({ kind: "partner", organizationId: "org-a", userId: undefined as never, clientId: "p-a" }),
      await sessionsOf({ kind: "partner", organizationId: "org-b", userId: undefined as never, clientId: "p-a" }),
    ].flat();
    expect(new Set(partners)).toHaveLength(2);
  });

  it.each([
    ["signed by another role's keys", () => signed({ ...CREDENTIALS, secretAccessKey: "another" })],
    [
      "signed by nobody",
      () =>
        (...all: Parameters<typeof fetch>) =>
          standIn.fetch(...all),
    ],
    [
      "changed after it was signed",
      () =>
        runtimeFetch({
          region: "us-east-1",
          credentials: CREDENTIALS,
          fetch: (url, init) => standIn.fetch(url, { ...init, body: changed(init?.body) }),
        }),
    ],
  ])("are not reached by a call that is %s", async (_, fetchOf) => {
    const call = { text: "Where is my order?", userContext: await context() };
    await expect(bff(fetchOf()).send(call)).rejects.toMatchObject({ code: "ERR_AGENT_REFUSED" });
    expect(audit).toEqual([]);
  });

  it("refuse a call that is on behalf of nobody, or of somebody of another tenant", async () => {
    const other = await tenantIdentity("xyz-gmbh");
    const stolen = [await other.context(), await identity.context({ tenantId: "xyz-gmbh" }), "no.token.at-all", ""];
    for (const userContext of stolen) {
      await expect(bff().send({ text: "Where is my order?", userContext })).rejects.toMatchObject({
        code: "ERR_AGENT_REFUSED",
      });
    }
    const call = { text: "Where is my order?", userContext: await context() };
    await expect(bff(signed(), "xyz-gmbh").send(call)).rejects.toThrow();
  });

  it("are told by whom their callers are verified, and where those are that they call", () => {
    const planned = new Map<string, PlannedRuntime>(PLANNED.map((agent) => [agent.name, agent]));
    const arnOf = (name: string) => planned.get(name)?.arn;
    const told = Object.fromEntries(
      PLANNED.map(({ name, variables }) => [name, JSON.parse(variables["AGENT_URLS"] ?? "") as unknown]),
    );
    expect(told).toEqual({
      coordinator: {
        "customer-support": arnOf("customer-support"),
        "product-recommendation": arnOf("product-recommendation"),
      },
      "customer-support": {},
      "product-recommendation": {},
    });
    const variables = planned.get("coordinator")?.variables ?? {};
    expect(AgentConfig.parse(variables)).toMatchObject({ AGENT_HOSTING: "runtime" });
    for (const change of [{ AGENT_HOSTING: undefined }, { AGENT_HOSTING: "pods" }, { AGENT_URLS: '{"a":"b"}' }])
      expect(AgentConfig.safeParse({ ...variables, ...change }).success).toBe(false);
  });
});
