import fc from "fast-check";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import type { Answer, Body, Output } from "./fixture.ts";
import { acme, catalogue, gateway, token } from "./fixture.ts";
import { signingKey, signToken, cognitoClaims } from "../../support/issuer.ts";

const MARK = "hostile-4711";
const [good, reader, xyz, forged] = await Promise.all([
  token(),
  token({ scope: "b2b/mcp.read" }),
  token({ tenant_id: "xyz-gmbh" }),
  signingKey("pool-1").then((it) => signToken(cognitoClaims("acme-corp"), it)),
]);

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", "xyz-gmbh", MARK, "__proto__", "\ud800", "\r\nX-Tenant-ID: xyz-gmbh"),
);
const anything = fc.oneof(
  { depthSize: "small" },
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(undefined, Number.NaN, Infinity, -0, 2 ** 53),
);
const cased = (name: string) => fc.mixedCase(fc.constant(name));
const contextName = fc
  .constantFrom("x-tenant-id", "x-client-id", "x-user-context", "x-org-id", "x-request-id", "x-correlation-id")
  .chain((name) =>
    fc.oneof(
      cased(name),
      cased(name.replaceAll("-", "_")),
      fc.constant(`${name} `),
      fc.constant(name.replaceAll("-", "%2D")),
      fc.constant(name.replace("x", "ｘ")),
    ),
  );
const contextValue = fc.oneof(fc.constant(MARK), fc.constant("xyz-gmbh"), fc.constant([MARK]), anything);
const authorization = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(good, reader).map((it): unknown => `Bearer ${it}`) },
  fc
    .constantFrom(xyz, forged, "", good.slice(0, -3), `${good}x`, `${good}, Bearer ${xyz}`)
    .map((it): unknown => `Bearer ${it}`),
  anything,
);
const pairs = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.tuple(contextName, contextValue) },
    fc.tuple(
      fc.constantFrom("mcp-method", "Mcp-Name", "MCP-Protocol-Version", "traceparent", "Mcp-Session-Id", "__proto__"),
      anything,
    ),
  ),
  { maxLength: 6 },
);
const headers = fc
  .tuple(authorization, pairs)
  .map(([value, others]) => Object.fromEntries([["Authorization", value], ...others]));

const method = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      "tools/call",
      "tools/list",
      "ping",
      "resources/read",
      "prompts/get",
      "initialize",
      "completion/complete",
      "notifications/initialized",
    ),
  },
  text,
  anything,
);
const name = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(...Object.keys(catalogue.tools), "database___explain", "db://schema/x", "db://audit/x"),
  },
  text,
  anything,
);
const params = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      { name, uri: name, ref: anything, arguments: anything, _meta: fc.oneof(fc.object({ maxDepth: 1 }), anything) },
      { requiredKeys: [] },
    ),
  },
  anything,
);
const message = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      { jsonrpc: fc.constant("2.0"), id: fc.oneof(fc.nat(), text), method, params },
      { requiredKeys: ["jsonrpc"] },
    ),
  },
  anything,
);
const raw = fc.oneof(
  { weight: 6, arbitrary: message.map((it) => JSON.stringify(it) as string | undefined) },
  fc.json(),
  text,
  fc.constant(undefined),
  message.map((it) => `{"id":8,"params":${JSON.stringify(it)},"method":"ping","id":9}`),
);
const request = fc.record(
  {
    path: fc.oneof(fc.constantFrom("/mcp", "/orders", "/orders/../x"), text),
    httpMethod: fc.oneof({ weight: 12, arbitrary: fc.constantFrom("POST", "POST", "POST", "GET") }, anything),
    headers: fc.oneof({ weight: 9, arbitrary: headers }, anything),
    body: message,
  },
  { requiredKeys: ["headers", "httpMethod", "path"] },
);
const answer = fc.record(
  {
    statusCode: fc.oneof(fc.constant(200), anything),
    headers: anything,
    body: fc.oneof(fc.record({ jsonrpc: fc.constant("2.0"), id: fc.nat(), result: anything }), anything),
    isStreamingResponse: fc.boolean(),
  },
  { requiredKeys: [] },
);
const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      mcp: fc.record({ rawGatewayRequest: fc.record({ body: raw }), gatewayRequest: request }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      mcp: fc.record({ rawGatewayRequest: fc.record({ body: raw }), gatewayRequest: request, gatewayResponse: answer }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      http: fc.record({ gatewayRequest: request, gatewayResponse: fc.constant(undefined) }),
    }),
  },
  anything,
);

function requireWellFormed(output: Output): "forwarded" | "refused" | "answered" {
  expect(JSON.parse(JSON.stringify(output))).toBeTypeOf("object");
  expect(output.interceptorOutputVersion).toBe("1.0");
  const half = Object.hasOwn(output, "mcp") ? output.mcp : output.http;
  if (Object.hasOwn(half, "transformedGatewayRequest")) {
    requireOwnHeaders(half.transformedGatewayRequest.headers);
    return "forwarded";
  }
  if (!Object.hasOwn(half, "transformedGatewayResponse")) return "answered";
  const answered: Answer<unknown> = half.transformedGatewayResponse;
  expect(Number.isInteger(answered.statusCode)).toBe(true);
  if (!Object.hasOwn(output, "mcp") || !isRefusal(answered.body)) return "answered";
  const { jsonrpc, id, error } = answered.body;
  expect([jsonrpc, Number.isInteger(error.code), "message" in error]).toEqual(["2.0", true, true]);
  expect(id === null || typeof id === "string" || Number.isSafeInteger(id)).toBe(true);
  return "refused";
}

function isRefusal(body: unknown): body is Body {
  return /"data":\{"code":"ERR_[A-Z_]+","requestId":/.test(JSON.stringify(body));
}

/** Nothing of the caller's is in them, and no other tenant. */
function requireOwnHeaders(own: Record<string, string>): void {
  expect(own).toMatchObject({ "X-Tenant-ID": "acme-corp", "X-Client-ID": "finance-agent-001", "X-Org-ID": "org-acme" });
  for (const [key, value] of Object.entries(own)) {
    // A signature is chance, and may well spell "xyz": of a token, what it says is looked at.
    const said = key === "X-User-Context" ? JSON.stringify(decodeJwt(value)) : value;
    expect(said).not.toContain(MARK);
    expect(said).not.toContain("xyz");
    expect(value).toMatch(/^[\x20-\x7e]{0,4096}$/);
    expect(key.toLowerCase()).not.toBe("authorization");
  }
  expect(decodeJwt(own["X-User-Context"] ?? "")).toMatchObject({
    tenant_id: "acme-corp",
    client_id: "finance-agent-001",
  });
}

describe("10,000 hostile requests", () => {
  it("never make it throw, answer nonsense, or speak for another tenant", async () => {
    const { intercept, lines, logged, audit } = gateway(acme);
    const outcomes = { forwarded: 0, refused: 0, answered: 0 };
    await fc.assert(
      fc.asyncProperty(event, fc.string({ unit: "binary", maxLength: 9 }), async (it, requestId) => {
        outcomes[
          requireWellFormed(await intercept(it, { requestId: requestId === "" ? "r" : `${requestId}${Math.random()}` }))
        ]++;
      }),
      { numRuns: 10_000 },
    );
    // The campaign only says something if many of its requests came through.
    expect(outcomes.forwarded).toBeGreaterThan(200);
    expect(outcomes.refused).toBeGreaterThan(2_000);
    expect(audit().filter((it) => it.client_context["tenant_id"] !== "acme-corp")).toEqual([]);
    expect(lines.join("\n")).not.toContain(MARK);
    expect(logged.filter((it) => it.includes("ERR_INTERNAL"))).toEqual([]);
  });
});
