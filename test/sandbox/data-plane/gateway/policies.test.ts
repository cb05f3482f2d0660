import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Interceptor } from "../../../../services/gateway-interceptor/interceptor.ts";
import { token } from "../../../services/gateway-interceptor/fixture.ts";
import { ask, call, policies, target, whole, type Whole } from "./fixture.ts";
import { spy } from "./spy.ts";

/** Lets everything pass, as an interceptor must never do. */
const permissive = (): Interceptor => () => Promise.resolve({ interceptorOutputVersion: "1.0", mcp: {} });

const look = { name: "spy___look", scope: "mcp:read" } as const;
const write = { name: "spy___write", scope: "mcp:write" } as const;

let server: Awaited<ReturnType<typeof spy>>;
const started: Whole[] = [];

/** A gateway whose interceptor decides nothing. */
async function gateway(statements: readonly { name: string; statement: string }[]): Promise<Whole> {
  const options = { policies: statements, targets: [target("spy", server.origin)] };
  const it = await whole({ options, around: permissive });
  started.push(it);
  return it;
}

beforeAll(async () => {
  server = await spy();
});
afterAll(async () => {
  await Promise.all([...started.map((it) => it.stop()), server.close()]);
});

const DENIED = "Tool Execution Denied: Tool call not allowed due to policy enforcement";

describe("a call that no interceptor stops", () => {
  let it: Whole;
  beforeAll(async () => {
    it = await gateway(policies([look, write]));
  });

  test.each<[string, string, object, boolean]>([
    ["a tool of the token's scope", "spy___look", {}, true],
    ["a tool of another scope", "spy___write", { scope: "b2b/mcp.read" }, false],
    [
      "a scope that only contains the name of one",
      "spy___look",
      { scope: "b2b/mcp.write b2b/mcp.readonly xb2b/mcp.read" },
      false,
    ],
    ["a tool that no policy names", "spy___drop", {}, false],
    ["a tool of a target that there is not", "other___look", {}, false],
    ["a name that is a method of objects", "constructor", {}, false],
    ["the search, unless it is granted", "x_amz_bedrock_agentcore_search", {}, false],
  ])("to %s", async (_, name, claims, isPermitted) => {
    server.seen.length = 0;
    for (const isModern of [true, false]) {
      const answer = await call(it, name, {}, { authorization: `Bearer ${await token({ ...claims })}`, isModern });
      expect(answer.status).toBe(200);
      if (isPermitted) expect(answer.json.result?.content[0]?.text).toBe("seen");
      else
        expect(answer.json.error).toMatchObject({
          code: -32002,
          message: `${DENIED} [No policy applies to the request (denied by default).]`,
        });
    }
    expect(server.seen).toHaveLength(isPermitted ? 2 : 0);
  });

  test("is decided by the request as the interceptor left it", async () => {
    const renamed = await whole({
      options: { policies: policies([look]), targets: [target("spy", server.origin)] },
      around: () => (event) => {
        const { gatewayRequest, gatewayResponse } = (
          event as { mcp: { gatewayRequest: { body: object }; gatewayResponse: unknown } }
        ).mcp;
        const body = { ...gatewayRequest.body, params: { name: "spy___write", arguments: {} } };
        return Promise.resolve({
          interceptorOutputVersion: "1.0",
          mcp: gatewayResponse === null ? { transformedGatewayRequest: { body } } : {},
        });
      },
    });
    started.push(renamed);
    server.seen.length = 0;
    expect((await call(renamed, "spy___look")).json.error?.code).toBe(-32002);
    expect(server.seen).toEqual([]);
  });

  test("is seen by the response interceptor when it is denied", async () => {
    const seen: unknown[] = [];
    const watched = await whole({
      options: { policies: [] },
      around: (interceptor) => (event, invocation) => {
        const { gatewayResponse } = (event as { mcp: { gatewayResponse: unknown } }).mcp;
        if (gatewayResponse !== null) seen.push(gatewayResponse);
        return interceptor(event, invocation);
      },
    });
    started.push(watched);
    expect((await call(watched, "database___query")).json.error?.code).toBe(-32002);
    expect(watched.traces.ran).toEqual([]);
    expect(seen).toEqual([{ statusCode: 200, headers: {}, body: expect.objectContaining({ id: 1 }) as unknown }]);
  });
});

test.each([true, false])(
  "A call that Cedar denies is audited as refused, with and without sessions (%s)",
  async (isModern) => {
    const it = await whole({ options: { policies: policies([look]), targets: [target("spy", server.origin)] } });
    started.push(it);
    server.seen.length = 0;
    const authorization = `Bearer ${await token()}`;
    expect((await call(it, "database___insert", {}, { authorization, isModern })).json.error?.code).toBe(-32002);
    expect((await call(it, "spy___look", {}, { authorization, isModern })).json.error).toBeUndefined();
    expect(it.interception.audit()).toMatchObject([
      {
        decision: "refused",
        refusal_code: "ERR_POLICY_DENIED",
        mcp_context: { resource_accessed: "database___insert", data_classification: "confidential" },
        security_context: { scopes: ["mcp:read", "mcp:write"], permissions_validated: false },
      },
      { decision: "allowed", refusal_code: null, security_context: { permissions_validated: true } },
    ]);
  },
);

describe("what policies are asked about", () => {
  test("lists show the tools alone that may be called, and hide no prompts and resources", async () => {
    const it = await gateway(policies([look]));
    const reader = { authorization: `Bearer ${await token({ scope: "b2b/mcp.write" })}` };
    const { tools } = (await ask(it, "tools/list")).json.result as unknown as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toEqual(["spy___look"]);
    expect((await ask(it, "tools/list", {}, reader)).json.result).toMatchObject({ tools: [] });
  });

  test("a forbid names itself", async () => {
    const it = await gateway([
      ...policies([look]),
      { name: "closed_for_inventory", statement: "forbid(principal, action, resource);" },
    ]);
    const { error } = (await call(it, "spy___look")).json;
    expect(error?.message).toBe(`${DENIED} [Policy evaluation denied due to closed_for_inventory]`);
  });

  describe("a policy that reads arguments", () => {
    let it: Whole;
    beforeAll(async () => {
      it = await gateway([
        {
          name: "small_amounts",
          statement: `permit(principal, action == AgentCore::Action::"spy___look", resource) when {
            context.input has amount && context.input.amount < 5 &&
            !(context.input has rate && context.input.rate.greaterThan(decimal("0.5"))) };`,
        },
        {
          name: "never",
          statement: `forbid(principal, action == AgentCore::Action::"spy___write", resource) when { true || context.input.a };`,
        },
      ]);
    });

    test.each<[object, boolean]>([
      [{ amount: 4 }, true],
      [{ amount: 4, rate: 0.25, note: null, list: [1, null, "a"], "": {} }, true],
      [{ amount: 5 }, false],
      [{ amount: "4" }, false],
      [{ amount: 4, rate: 0.75 }, false],
      [{ amount: 1e300 }, false],
      [{ amount: 4, evil: { __entity: { type: "AgentCore::OAuthUser", id: "x" } } }, false],
      [{ amount: 4, evil: { __extn: { fn: "unknown", arg: "a" } } }, false],
      [JSON.parse('{ "amount": 4, "__proto__": { "amount": 9 } }') as object, true],
      [{}, false],
    ])("with %j", async (args, isPermitted) => {
      const { json } = await call(it, "spy___look", args);
      expect(json.error?.code).toBe(isPermitted ? undefined : -32002);
    });

    test("a tool is listed if there are arguments that it may be called with", async () => {
      const { tools } = (await ask(it, "tools/list")).json.result as unknown as { tools: { name: string }[] };
      expect(tools.map(({ name }) => name)).toEqual(["spy___look"]);
    });
  });

  test("a gateway is not started with what is no Cedar", async () => {
    await expect(gateway([{ name: "broken", statement: "permit(principal, action" }])).rejects.toThrow(TypeError);
  });
});
