import { describe, expect, it } from "vitest";
import { interceptorCatalogueSchema } from "../../../contracts/interceptor-catalogue.ts";
import { contextTokenVerifier } from "../../../services/libraries/service-kit/tokens/context-token.ts";
import {
  acme,
  call,
  callTool,
  catalogue,
  code,
  contextKey,
  forwarded,
  gateway,
  invocation,
  mcpAnswer,
  mcpEvent,
  refused,
  token,
} from "./fixture.ts";

const TRIED = "database-candidate___query";

/** The gateway with a release of the database on trial, which lacks the tool "insert". */
function trying(percent: number) {
  const trial = { target: "database-candidate", percent, tools: ["query", "explain"] };
  return gateway(acme, { catalogue: interceptorCatalogueSchema.parse({ ...catalogue, trials: { database: trial } }) });
}

const people = (count: number) => Array.from({ length: count }, (_, index) => `person-${index}`);

async function nameFor(person: string, percent: number, message = callTool("database___query")): Promise<unknown> {
  return (await forwarded(mcpEvent(await token({ sub: person }), message), trying(percent))).body.params.name;
}

/** The first person who meets the candidate, and the first who does not. */
async function oneOfEach(percent: number): Promise<readonly [string, string]> {
  const names = new Map<unknown, string>();
  for (const it of people(50)) {
    const name = await nameFor(it, percent);
    names.set(name, names.get(name) ?? it);
  }
  return [names.get(TRIED)!, names.get("database___query")!];
}

const modern = { "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call" };

describe("a call while a release is on trial", () => {
  it("goes on to the candidate for a share of the callers, with all else as it was", async () => {
    const [tried, other] = await oneOfEach(50);
    expect(await nameFor(other, 50)).toBe("database___query");
    const { headers, body } = await forwarded(
      mcpEvent(await token({ sub: tried }), callTool(TRIED.replace("-candidate", ""), 7)),
      trying(50),
    );
    expect(body).toMatchObject({
      id: 7,
      method: "tools/call",
      params: { name: TRIED, arguments: { secret: "payload-4711" } },
    });
    const publicKeys = contextKey.publicKeys;
    const issuer = "urn:alicerce:interceptor:acme-corp";
    const verify = contextTokenVerifier({ issuer, audience: "mcp-database", tenantId: "acme-corp", publicKeys });
    expect(await verify(headers["X-User-Context"] ?? "")).toMatchObject({ tenantId: "acme-corp" });
    expect(Object.keys(headers).filter((it) => /mcp-/i.test(it))).toEqual([]);
  });

  it.each(["Mcp-Name", "mcp-name", "MCP-NAME"])(
    "says so in %s, too, where it came: header and body agree",
    async (header) => {
      const [tried, other] = await oneOfEach(50);
      for (const given of ["database___query", `=?base64?${Buffer.from("database___query").toString("base64")}?=`]) {
        const event = async (sub: string) =>
          forwarded(
            mcpEvent(await token({ sub }), callTool("database___query"), { ...modern, [header]: given }),
            trying(50),
          );
        const { headers, body } = await event(tried);
        expect([headers[header], body.params.name]).toEqual([TRIED, TRIED]);
        expect(await event(other)).not.toHaveProperty(["headers", header]);
      }
    },
  );

  it("is sent to the same release whenever it comes, and the gateway's second try is, too", async () => {
    const its = trying(50);
    for (const sub of await oneOfEach(50)) {
      const names = new Set<unknown>();
      for (const message of [callTool("database___query", 1), callTool("database___query", "another")]) {
        const [event, same] = [mcpEvent(await token({ sub, jti: String(Math.random()) }), message), invocation()];
        for (let i = 0; i < 2; i++)
          names.add((await its.intercept(event, same)).mcp.transformedGatewayRequest.body.params.name);
      }
      expect(names.size).toBe(1);
    }
  });

  it("stays with the candidate when the share grows", async () => {
    const tried = async (percent: number) => {
      const names = await Promise.all(people(60).map(async (it) => [it, await nameFor(it, percent)] as const));
      return names.filter(([, name]) => name === TRIED).map(([it]) => it);
    };
    const [few, most] = [await tried(10), await tried(70)];
    expect(few.length).toBeGreaterThan(0);
    expect(most).toEqual(expect.arrayContaining(few));
    expect(most.length).toBeGreaterThan(few.length);
  });

  it.each([
    callTool("database___insert"),
    callTool("files___list"),
    callTool("x_amz_bedrock_agentcore_search"),
    call("prompts/get", { name: "database___explain" }),
  ])("stays where it is for what the candidate does not take over: %j", async (message) => {
    const [tried] = await oneOfEach(99);
    expect(await nameFor(tried, 99, message)).toBe((message as { params: { name: string } }).params.name);
  });

  it("is refused as ever, by the name that the caller used and by no other", async () => {
    const [sub] = await oneOfEach(99);
    const named = await refused(mcpEvent(await token({ sub }), callTool(TRIED)), trying(99));
    expect(code(named)).toBe("ERR_TARGET_UNKNOWN");
    const reader = await refused(
      mcpEvent(await token({ sub, scope: "b2b/mcp.write" }), callTool("database___query")),
      trying(99),
    );
    expect([reader.statusCode, code(reader)]).toEqual([403, "ERR_SCOPE_INSUFFICIENT"]);
  });

  it("is written down once, under the name that the caller used", async () => {
    const [sub] = await oneOfEach(99);
    const { intercept, audit } = trying(99);
    const [event, its] = [mcpEvent(await token({ sub }), callTool("database___query")), invocation()];
    expect((await intercept(event, its)).mcp.transformedGatewayRequest.body.params.name).toBe(TRIED);
    await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: 1, result: { content: [] } }), its);
    expect(audit()).toMatchObject([
      { decision: "allowed", mcp_context: { server_name: "mcp-database", resource_accessed: "database___query" } },
    ]);
  });
});

it("No list shows what is on trial", async () => {
  const { intercept } = trying(50);
  const event = mcpEvent(await token(), call("tools/list"));
  const tools = ["database___query", TRIED, "database-candidate___insert"].map((name) => ({ name }));
  const { mcp } = await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: 1, result: { tools } }), invocation());
  expect(mcp.transformedGatewayResponse.body.result.tools).toEqual([{ name: "database___query" }]);
});
