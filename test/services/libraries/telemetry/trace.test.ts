import { SpanStatusCode, trace } from "@opentelemetry/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AgentClient } from "../../../../services/libraries/agent-client/agent-client.ts";
import type { AgentWork } from "../../../../services/libraries/agent-host/turn.ts";
import { GatewayClient } from "../../../../services/libraries/gateway-client/gateway-client.ts";
import { ATTRIBUTE } from "../../../../services/libraries/telemetry/names.ts";
import { startTelemetry, type Telemetry } from "../../../../services/libraries/telemetry/telemetry.ts";
import { whole, type Whole } from "../../../sandbox/data-plane/gateway/fixture.ts";
import { token } from "../../gateway-interceptor/fixture.ts";
import { listeningAgent, tenantIdentity } from "../agent-host/agents.ts";
import { collector, type ReceivedSpan } from "./collector.ts";

const SECRET = "my card is 4111 1111 1111 1111";
const identity = await tenantIdentity("acme-corp");

let otlp: Awaited<ReturnType<typeof collector>>;
let telemetry: Telemetry;
let gateway: Whole;
let agent: Awaited<ReturnType<typeof listeningAgent>>;
let client: AgentClient;

/** An agent that hands what it is told to the tool that its text names. */
const work: AgentWork = async function* ({ text }) {
  const [tool = "", ...words] = text.split(" ");
  const tools = new GatewayClient({
    url: new URL(gateway.url),
    name: "customer-support",
    version: "1.0.0",
    auth: { token: () => token({ scope: "b2b/mcp.read" }) },
  });
  const { content } = await tools.callTool(tool, { text: words.join(" ") });
  await tools.close();
  yield { type: "text", text: JSON.stringify(content) };
};

beforeAll(async () => {
  otlp = await collector();
  gateway = await whole();
  agent = await listeningAgent(identity, work);
  const options = {
    service: "test",
    version: "1.0.0",
    tenantId: "acme-corp",
    failed: (error: unknown) => expect.fail(String(error)),
  };
  telemetry = await startTelemetry(options, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
  const machineToken = async () => ({ access_token: await identity.workload() });
  client = new AgentClient({ url: agent.url, tenantId: "acme-corp", machineToken });
});

beforeEach(() => {
  otlp.spans.length = 0;
  otlp.bodies.length = 0;
});

afterAll(async () => {
  await agent.stop();
  await gateway.stop();
  await telemetry.stop();
  await otlp.close();
});

async function asked(text: string): Promise<readonly ReceivedSpan[]> {
  const answer = await client.send({ text, userContext: await identity.context() });
  expect(answer.state).toBe("completed");
  await telemetry.flush();
  return otlp.spans;
}

/** The spans from one up to the root, as far as they were received. */
function wayUp(from: ReceivedSpan | undefined, spans: readonly ReceivedSpan[]): readonly string[] {
  if (from === undefined) return [];
  const above = spans.find((it) => it.spanId === from.parentSpanId);
  return [`${from.kind} ${from.name}`, ...wayUp(above, spans)];
}

const SERVER = 2;

describe("one call of a tool by an agent", () => {
  test("is one trace, from whoever calls the agent through the gateway's interceptor to the server", async () => {
    const spans = await asked("database___query hello");
    const tool = spans.find((it) => it.kind === SERVER && it.name === "tools/call query");
    expect(wayUp(tool, spans)).toEqual([
      "2 tools/call query",
      "2 authorize",
      "3 tools/call database___query",
      "2 invoke_agent",
      "3 invoke_agent",
    ]);
    expect(new Set(spans.map((it) => it.traceId)).size).toBe(1);
  });

  test("has names of the semantic conventions, and the tenant on every span", async () => {
    const spans = await asked("database___query hello");
    expect(spans.every((it) => it.attributes[ATTRIBUTE.tenant] === "acme-corp")).toBe(true);
    expect(spans.find((it) => it.kind === SERVER && it.name === "invoke_agent")?.attributes).toMatchObject({
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.agent.name": "customer-support",
      "rpc.method": "SendMessage",
    });
    expect(spans.find((it) => it.kind === SERVER && it.name === "tools/call query")?.attributes).toMatchObject({
      "mcp.method.name": "tools/call",
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "query",
    });
    // A revision without sessions has no id of one (semantic conventions for MCP).
    expect(spans.flatMap((it) => Object.keys(it.attributes))).not.toContain("mcp.session.id");
    expect(otlp.resources.at(-1)).toMatchObject({ "service.name": "test", "service.version": "1.0.0" });
  });

  test("tells nothing of what was said, asked and answered, and no token", async () => {
    await asked(`database___query ${SECRET}`);
    expect(otlp.bodies.join()).not.toContain("4111 1111");
    expect(otlp.bodies.join()).not.toMatch(/eyJ[\w-]+\./);
  });

  test("says by a code why it failed, where it failed", async () => {
    const spans = await asked("database___insert hello").catch(() => otlp.spans);
    await telemetry.flush();
    const refused = spans.find((it) => it.name === "authorize" && it.attributes[ATTRIBUTE.errorType] !== undefined);
    expect(refused?.attributes[ATTRIBUTE.errorType]).toBe("ERR_SCOPE_INSUFFICIENT");
    expect(refused?.status).toEqual({ code: 2 });
  });
});

describe("what libraries put into spans", () => {
  test("is sent only where it is named: messages, arguments and events are contents", async () => {
    const span = trace.getTracer("a library").startSpan("chat", {
      attributes: {
        "gen_ai.request.model": "a-model",
        "gen_ai.usage.input_tokens": 12,
        tenant_id: "other",
        "aws.xray.annotations": ["gen_ai.request.model"],
        "gen_ai.input.messages": SECRET,
        "gen_ai.tool.call.arguments": SECRET,
        "url.full": `https://example.com/?q=${SECRET}`,
      },
    });
    span.addEvent("gen_ai.choice", { content: SECRET });
    span.recordException(new Error(SECRET));
    span.setStatus({ code: SpanStatusCode.ERROR, message: SECRET });
    span.end();
    await telemetry.flush();
    expect(otlp.spans.at(-1)?.attributes).toEqual({
      "gen_ai.request.model": "a-model",
      "gen_ai.usage.input_tokens": "12",
      "alicerce.tenant.id": "acme-corp",
      tenant_id: "acme-corp",
      "aws.xray.annotations": { values: [{ stringValue: "tenant_id" }] },
    });
    expect(otlp.bodies.join()).not.toContain("4111 1111");
  });
});
