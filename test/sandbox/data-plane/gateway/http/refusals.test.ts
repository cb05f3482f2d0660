import { request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { RefusedRequest } from "../../../../../sandbox/data-plane/gateway/arrival.ts";
import { refusalLine } from "../../../../../sandbox/data-plane/gateway/refusal-line.ts";
import { token } from "../../../../services/gateway-interceptor/fixture.ts";
import { modern, post } from "../../../../services/libraries/mcp-host/calls.ts";
import { ask, call, whole, type Whole } from "../fixture.ts";

const MARK = "erika@example.de";
const refused: RefusedRequest[] = [];
const options = { refused: (it: RefusedRequest) => void refused.push(it) };

let it: Whole;
let authorization: string;
beforeAll(async () => {
  it = await whole({ options });
  authorization = `Bearer ${await token()}`;
});
afterEach(() => {
  refused.length = 0;
  it.interception.lines.length = 0;
});
afterAll(() => it.stop());

const send = (body: string, headers: { readonly [name: string]: string } = {}, more = {}) =>
  post(Number(new URL(it.url).port), body, headers, more);
const query = modern("tools/call", { name: "database___query", arguments: { text: MARK } });

describe("a request that is refused before the interceptor sees it is recorded once, without what it says", () => {
  test.each<[string, () => Promise<{ readonly status: number }>, number, string]>([
    ["without a token", () => send(query.body, query.headers), 401, "ERR_TOKEN_MISSING"],
    [
      "with a token that is none",
      () => send(query.body, { ...query.headers, authorization: `Bearer ${MARK}` }),
      401,
      "ERR_TOKEN_MALFORMED",
    ],
    [
      "with a token of another tenant",
      async () => ask(it, "tools/list", {}, { authorization: `Bearer ${await token({ tenant_id: "xyz-gmbh" })}` }),
      401,
      "ERR_TOKEN_CLAIM",
    ],
    ["that is a batch", () => send(`[${query.body}]`, { authorization }), 400, "ERR_BATCH"],
    ["that is no JSON", () => send(`{"${MARK}`, { authorization }), 400, "ERR_MESSAGE_SYNTAX"],
    [
      "that is too large",
      () => send(query.body + " ".repeat(6 * 1024 * 1024), { ...query.headers, authorization }),
      413,
      "ERR_MESSAGE_TOO_LARGE",
    ],
    [
      "that is too large for the interceptor",
      () => call(it, "database___query", { text: MARK.repeat(250_000) }),
      413,
      "ERR_MESSAGE_TOO_LARGE",
    ],
    [
      "that is nested too deep",
      () =>
        send(query.body.replace(`"${MARK}"`, "[".repeat(1e6) + "]".repeat(1e6)), { ...query.headers, authorization }),
      400,
      "ERR_MESSAGE_INVALID",
    ],
    [
      "of a session that is not known",
      () => ask(it, "ping", {}, { isModern: false, headers: { "mcp-session-id": MARK } }),
      404,
      "ERR_SESSION_UNKNOWN",
    ],
    [
      "that ends a session which is not known",
      () => send("", { authorization, "mcp-session-id": MARK }, { method: "DELETE" }),
      404,
      "ERR_SESSION_UNKNOWN",
    ],
    [
      "in another revision",
      () => send(query.body, { ...query.headers, authorization, "mcp-protocol-version": "1" }),
      400,
      "ERR_PROTOCOL",
    ],
    ["for another host", () => send(query.body, { authorization, host: "evil.example.com" }), 403, "ERR_HOST"],
    ["for another path", () => send(query.body, { authorization }, { path: `/${MARK}` }), 404, "ERR_NOT_FOUND"],
  ])("%s", async (_, sent, statusCode, code) => {
    expect((await sent()).status).toBe(statusCode);
    expect(it.interception.lines).toEqual([]);
    expect(refused).toEqual([
      expect.objectContaining({ code, statusCode, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string }),
    ]);
    expect(JSON.stringify(refused)).not.toContain(MARK);
    expect(JSON.stringify(refused)).not.toContain(authorization.slice(7));
  });

  test("beyond the rate, with the client whose token was good", async () => {
    const slow = await whole({ options: { ...options, limits: { callsPerSecond: 1 } } });
    try {
      const answers = await Promise.all([1, 2, 3].map(() => ask(slow, "ping", {}, { isModern: false })));
      expect(answers.map((each) => each.status).toSorted()).toEqual([200, 429, 429]);
      expect(refused.map((each) => [each.code, each.caller?.claims["client_id"]])).toEqual([
        ["ERR_THROTTLED", "finance-agent-001"],
        ["ERR_THROTTLED", "finance-agent-001"],
      ]);
    } finally {
      await slow.stop();
    }
  });

  test("keeps the trace that it came with", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    await send(query.body, { ...query.headers, traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    expect(refused).toMatchObject([{ traceId }]);
  });
});

test("what the interceptor answers, and records, is not recorded twice", async () => {
  expect((await call(it, "database___query", { text: "hi" })).status).toBe(200);
  expect((await call(it, "database___unheard-of")).status).toBe(400);
  expect(refused).toEqual([]);
});

test("a refusal that cannot be recorded says no more than that something is wrong, and the gateway goes on", async () => {
  let isFull = true;
  const full = await whole({
    options: {
      refused: () => {
        if (isFull) throw new Error("ENOSPC: no space left on device, write");
      },
    },
  });
  try {
    const port = Number(new URL(full.url).port);
    const answer = await post(port, query.body, query.headers);
    expect([answer.status, answer.json.error?.message]).toEqual([500, "internal error"]);
    expect(answer.text).not.toContain("ENOSPC");
    isFull = false;
    expect((await post(port, query.body, query.headers)).status).toBe(401);
  } finally {
    await full.stop();
  }
});

describe("a body that is larger than may be is answered, and its sender learns why", () => {
  test.each([
    ["with its length", 6_500_000, false],
    ["in chunks", 6_500_000, true],
    ["without a token", 6_500_000, false],
  ])("%s", async (name, bytes, isChunked) => {
    const headers: Record<string, string> = {
      "content-type": "application/json",
      ...(name !== "without a token" && { authorization }),
      ...(isChunked ? { "transfer-encoding": "chunked" } : { "content-length": String(bytes) }),
    };
    const answers = await Promise.all(Array.from({ length: 5 }, () => writtenInFull(bytes, headers)));
    expect(answers).toEqual(Array(5).fill(name === "without a token" ? 401 : 413));
  });
});

/** The status that a client sees which writes all of its body before it reads, as most do. */
function writtenInFull(bytes: number, headers: Record<string, string>): Promise<number> {
  const { port, hostname, pathname } = new URL(it.url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: hostname, port, path: pathname, method: "POST", headers, agent: false });
    sent.on("error", reject);
    sent.on("response", (response) => {
      expect(response.headers.connection).toBe("close");
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    const chunk = Buffer.alloc(65_536, " ");
    let left = bytes;
    const write = (): void => {
      while (left > 0) {
        const part = chunk.subarray(0, Math.min(left, chunk.length));
        left -= part.length;
        if (!sent.write(part)) return void sent.once("drain", write);
      }
      sent.end();
    };
    write();
  });
}

test.each([
  [true, false],
  [false, true],
])("its audit line has the schema of all others, and under the GDPR (%s) no address", async (isGdpr, hasAddress) => {
  await ask(it, "ping", {}, { isModern: false, headers: { "mcp-session-id": MARK } });
  const [refusal] = refused;
  if (refusal === undefined) throw new TypeError("nothing was refused");
  const place = { tenantId: "acme-corp", isGdpr, profile: "cognito", scopePrefix: "b2b" } as const;
  const line = JSON.parse(refusalLine(refusal, place)) as { client_context: object };
  expect(line).toMatchObject({
    event_type: "mcp_request",
    decision: "refused",
    refusal_code: "ERR_SESSION_UNKNOWN",
    client_context: { tenant_id: "acme-corp", agent_id: "finance-agent-001", user_id: null },
    mcp_context: { method: null, resource_accessed: null },
    security_context: { scopes: ["mcp:read", "mcp:write"], permissions_validated: false },
    response_context: { status_code: 404 },
  });
  expect("client_ip" in line.client_context).toBe(hasAddress);
});
