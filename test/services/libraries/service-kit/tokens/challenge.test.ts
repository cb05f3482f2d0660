import { describe, expect, it } from "vitest";
import { auditLine } from "../../../../../services/libraries/service-kit/audit-line.ts";
import { challengeHeader, refusalOf } from "../../../../../services/libraries/service-kit/tokens/challenge.ts";
import { serviceLog } from "../../../../../services/libraries/service-kit/log.ts";
import { TokenError } from "../../../../../services/libraries/service-kit/problem.ts";
import { traceOf, traceOfRequest } from "../../../../../services/libraries/service-kit/trace.ts";

const resourceMetadataUrl = "https://gateway.example.com/.well-known/oauth-protected-resource/mcp";

describe("a challenge", () => {
  it("names the metadata and the scopes, and no error if no token came", () => {
    expect(challengeHeader({ resourceMetadataUrl, scopes: ["mcp:read", "mcp:write"] })).toBe(
      `Bearer resource_metadata="${resourceMetadataUrl}", scope="mcp:read mcp:write"`,
    );
  });

  it("cannot be broken out of", () => {
    const description = 'x", scope="admin\r\nSet-Cookie: a=b\\';
    expect(challengeHeader({ resourceMetadataUrl, scopes: [], error: "invalid_token", description })).toBe(
      `Bearer resource_metadata="${resourceMetadataUrl}", error="invalid_token", error_description="x, scope=adminSet-Cookie: a=b"`,
    );
  });

  it.each([
    ["ERR_TOKEN_MISSING", { status: 401 }],
    ["ERR_TOKEN_EXPIRED", { status: 401, error: "invalid_token" }],
    ["ERR_TOKEN_SCOPE", { status: 403, error: "insufficient_scope" }],
    ["ERR_TOKEN_KEYS_UNAVAILABLE", { status: 503 }],
  ] as const)("answers %s", (code, refusal) => {
    expect(refusalOf(code)).toEqual(refusal);
  });
});

describe("a trace", () => {
  it("is read only if it is exactly written", () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    expect(traceOf(traceparent)?.traceId).toBe("0af7651916cd43dd8448eb211c80319c");
    for (const it of [
      1,
      null,
      `${traceparent}\n`,
      traceparent.toUpperCase(),
      `00-${"0".repeat(32)}-b7ad6b7169203331-01`,
    ]) {
      expect(traceOf(it)).toBeUndefined();
    }
  });

  it("that a request begins is the same at each retry", () => {
    expect(traceOf(traceOfRequest("req-1").traceparent)).toEqual(traceOfRequest("req-1"));
  });
});

describe("what is written down", () => {
  it("of an error is its code and reason, and no credential", () => {
    const lines: string[] = [];
    const log = serviceLog("gateway-interceptor", { write: (line) => void lines.push(line) });
    log.error(
      { error: new TokenError("ERR_TOKEN_EXPIRED", "exp is past", { claim: "exp" }), headers: { authorization: "x" } },
      "refused",
    );
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "ERROR",
      component: "gateway-interceptor",
      event: "refused",
      details: {
        error: { code: "ERR_TOKEN_EXPIRED", field: "exp", reason: "exp is past" },
        headers: { authorization: "[removed]" },
      },
    });
  });

  it("of a call without a caller has every member of the schema", () => {
    const call = {
      at: 0,
      component: "gateway-interceptor",
      requestId: "r",
      correlationId: "c",
      tenantId: "acme-corp",
      refusal: "ERR_TOKEN_MISSING",
      statusCode: 401,
    };
    expect(JSON.parse(auditLine(call))).toEqual({
      timestamp: "1970-01-01T00:00:00.000Z",
      level: "WARN",
      component: "gateway-interceptor",
      event: "mcp_request",
      details: { client_id: null, mcp_server: null, method: null, duration_ms: null, status: "refused" },
      event_type: "mcp_request",
      correlation_id: "c",
      request_id: "r",
      decision: "refused",
      refusal_code: "ERR_TOKEN_MISSING",
      client_context: { agent_id: null, tenant_id: "acme-corp", user_id: null },
      mcp_context: { server_name: null, method: null, resource_accessed: null, data_classification: null },
      security_context: {
        token_issued_at: null,
        token_expires_at: null,
        token_id: null,
        scopes: [],
        permissions_validated: false,
      },
      response_context: {
        status_code: 401,
        response_size_bytes: null,
        processing_time_ms: null,
        records_returned: null,
      },
    });
  });
});
