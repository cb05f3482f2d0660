import { describe, expect, it } from "vitest";
import { directoryEntrySchema } from "../../../contracts/directory-entry.ts";
import { acme, call, callTool, gateway, invocation, mcpAnswer, mcpEvent, token } from "./fixture.ts";

describe("the audit log", () => {
  it("has one line for a call, when it is answered, without arguments", async () => {
    const { intercept, audit, lines } = gateway();
    const event = mcpEvent(await token(), callTool("database___query"));
    const its = invocation();
    await intercept(event, its);
    await intercept(event, its);
    expect(audit()).toEqual([]);
    const answer = mcpAnswer(event, {
      jsonrpc: "2.0",
      id: 1,
      result: { content: [{ type: "text", text: "jane@example.com" }] },
    });
    await intercept(answer, its);
    await intercept(answer, its);
    expect(audit()).toHaveLength(1);
    expect(audit()[0]).toMatchObject({
      level: "INFO",
      component: "gateway-interceptor",
      event: "mcp_request",
      details: {
        client_id: "finance-agent-001",
        mcp_server: "mcp-database",
        method: "tools/call",
        duration_ms: expect.any(Number) as number,
        status: "success",
      },
      request_id: its.requestId,
      decision: "allowed",
      client_context: { agent_id: "finance-agent-001", tenant_id: "acme-corp", user_id: null, client_ip: "10.0.1.100" },
      mcp_context: {
        server_name: "mcp-database",
        method: "tools/call",
        resource_accessed: "database___query",
        data_classification: "confidential",
      },
      security_context: { scopes: ["mcp:read", "mcp:write"], permissions_validated: true },
      response_context: { status_code: 200, response_size_bytes: 89 },
    });
    expect(lines.join("")).not.toMatch(/payload-4711|jane|eyJ/);
  });

  it("has one line for a refusal, when it is refused, and none of an answer to it", async () => {
    const { intercept, audit } = gateway();
    const event = mcpEvent(await token({ scope: "b2b/mcp.read" }), callTool("database___insert"));
    const its = invocation();
    const output = await intercept(event, its);
    const { body, statusCode } = output.mcp.transformedGatewayResponse;
    const second = await intercept(mcpAnswer(event, body, statusCode), its);
    expect(second.mcp.transformedGatewayResponse).toMatchObject({ statusCode: 403, body });
    expect(audit()).toHaveLength(1);
    expect(audit()[0]).toMatchObject({
      level: "WARN",
      details: { status: "refused" },
      decision: "refused",
      refusal_code: "ERR_SCOPE_INSUFFICIENT",
      security_context: { permissions_validated: false },
    });
  });

  describe("of a call that the interceptor let through", () => {
    const SAYS = "Tool Execution Denied: Tool call not allowed due to policy enforcement";
    const why = "[No policy applies to the request (denied by default).]";
    const error = (code: number, message: string, data: object = {}): object => ({ error: { code, message, ...data } });
    const result = (text: string, others: object = {}): object => ({
      result: { isError: true, content: [{ type: "text", text }], ...others },
    });
    const query = callTool("database___query");

    it.each<[string, string | null, object, object]>([
      ["a policy denied", "ERR_POLICY_DENIED", query, error(-32002, `${SAYS} ${why}`)],
      [
        "a policy denied, by a tool's result",
        "ERR_POLICY_DENIED",
        query,
        result(`AuthorizeActionException - ${SAYS} ${why}`),
      ],
      ["its server could not find something for", null, query, error(-32002, "Resource not found")],
      ["its server failed", null, query, error(-32603, `${SAYS} ${why}`)],
      ["a tool failed that repeats the caller's words", null, query, result(`"${SAYS} ${why}" is no date`)],
      [
        "a tool failed that says such words with its own code",
        null,
        query,
        result(`${SAYS} ${why}`, { _meta: { "alicerce/error": "ERR_X" } }),
      ],
      ["a tool found such words", null, query, result(`${SAYS} ${why}`, { isError: false })],
      [
        "no policy is asked about",
        null,
        call("prompts/get", { name: "database___explain" }),
        error(-32002, `${SAYS} ${why}`),
      ],
    ])("which %s, the refusal is %s", async (_, refusal, message, answer) => {
      const { intercept, audit, metrics } = gateway();
      const event = mcpEvent(await token(), message);
      const its = invocation();
      await intercept(event, its);
      const { mcp } = await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: 1, ...answer }), its);
      expect(mcp.transformedGatewayResponse.body).toMatchObject(answer);
      expect(audit()).toMatchObject([
        {
          decision: refusal === null ? "allowed" : "refused",
          refusal_code: refusal,
          level: refusal === null ? "INFO" : "WARN",
          security_context: { permissions_validated: refusal === null },
          response_context: { status_code: 200 },
        },
      ]);
      expect(metrics().find((it) => "Calls" in it)).toMatchObject({ decision: refusal ?? "allowed", Failures: 0 });
      expect(metrics().filter((it) => "GatewayMCPLatency" in it)).toHaveLength(refusal === null ? 1 : 0);
    });
  });

  it("holds no address of a tenant under the GDPR, nor of one that is not known", async () => {
    const { intercept, audit } = gateway({ ...acme, isGdpr: true });
    const event = mcpEvent(await token(), call("ping"));
    const its = invocation();
    await intercept(event, its);
    await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: 1, result: {} }), its);
    await intercept(mcpEvent("x", call("ping")), invocation());
    expect(audit().map((it) => "client_ip" in it.client_context)).toEqual([false, false]);
  });

  it("has metrics beside it, whose dimensions no caller can multiply", async () => {
    const { intercept, metrics } = gateway();
    for (let i = 0; i < 20; i++)
      await intercept(mcpEvent(await token(), call(`tools/x${"y".repeat(i)}`)), invocation());
    expect(new Set(metrics().map(({ tenant, scenario, decision }) => [tenant, scenario, decision].join(" ")))).toEqual(
      new Set(["acme-corp b2b ERR_METHOD_UNKNOWN"]),
    );
    expect(metrics()[0]).toMatchObject({
      _aws: {
        CloudWatchMetrics: [
          {
            Dimensions: [
              ["tenant", "scenario", "decision"],
              ["tenant", "scenario"],
            ],
          },
        ],
      },
    });
  });

  it("tells how long the gateway's own checks took, without the time of the server, by nothing that tells callers apart", async () => {
    let now = Date.now();
    const directory = () => {
      now += 30;
      return Promise.resolve({ ...directoryEntrySchema.parse(acme) });
    };
    const { intercept, metrics } = gateway(acme, { now: () => now, directory });
    const event = mcpEvent(await token(), callTool("database___query"));
    const its = invocation();
    await intercept(event, its);
    now += 500;
    await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: 1, result: {} }), its);
    await intercept(mcpEvent("x", callTool("database___query")), invocation());
    const ofCalls = metrics().filter((it) => "Calls" in it);
    expect(ofCalls.map((it) => [it["AgentGatewayLatency"], it["Duration"]])).toEqual([
      [30, 530],
      [0, 0],
    ]);
    expect(Object.keys(ofCalls[0] ?? {}).filter((it) => /client|user/i.test(it))).toEqual([]);
  });

  it("counts what failed by our fault, and tells how long the server took by server and method", async () => {
    const { intercept, metrics } = gateway();
    const event = mcpEvent(await token(), callTool("database___query"));
    for (const status of [200, 503]) {
      const its = invocation();
      await intercept(event, its);
      await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: 1, result: {} }, status), its);
    }
    await intercept(mcpEvent("x", callTool("database___query")), invocation());
    const ofCalls = metrics().filter((it) => "Calls" in it);
    expect(ofCalls.map((it) => it["Failures"])).toEqual([0, 1, 0]);
    const ofServers = metrics().filter((it) => "GatewayMCPLatency" in it);
    expect(ofServers).toHaveLength(2);
    expect(ofServers[0]).toMatchObject({
      MCPServer: "mcp-database",
      Operation: "tools/call",
      _aws: {
        CloudWatchMetrics: [
          {
            Dimensions: [
              ["tenant", "MCPServer", "Operation"],
              ["tenant", "scenario"],
            ],
            Metrics: [{ Name: "GatewayMCPLatency", Unit: "Milliseconds" }],
          },
        ],
      },
    });
  });
});
