import { connect } from "node:net";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { allowList } from "../../../../sandbox/data-plane/gateway/targets/target-headers.ts";
import { token } from "../../../services/gateway-interceptor/fixture.ts";
import { modern } from "../../../services/libraries/mcp-host/calls.ts";
import { call, CONTEXT_HEADERS, target, whole, type Whole } from "./fixture.ts";
import { spy, usual } from "./spy.ts";

const FORGED = "forged-4711";
let look: Awaited<ReturnType<typeof spy>>;
let it: Whole;

beforeAll(async () => {
  look = await spy((request, response) => {
    response.setHeader("sunset", "Wed, 30 Jun 2027 00:00:00 GMT");
    response.setHeader("x-internal", "10.0.1.7");
    response.setHeader("set-cookie", "a=b");
    response.setHeader("www-authenticate", "Bearer");
    response.setHeader("server", "secret/1.0");
    usual(request, response);
  });
  it = await whole({ options: { targets: [target("spy", look.origin)] } });
});
beforeEach(() => {
  look.seen.length = 0;
});
afterAll(async () => {
  await Promise.all([it.stop(), look.close()]);
});

const lookWith = (headers: { readonly [name: string]: string | string[] }) => call(it, "spy___look", {}, { headers });

describe("what a target is shown", () => {
  test("is the context, the protocol and the trace, and nothing else", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    await lookWith({ traceparent, cookie: "a=b", "user-agent": "me", "x-other": "1", "accept-language": "pt" });
    const [seen] = look.seen;
    expect(Object.keys(seen?.headers ?? {}).toSorted()).toEqual(
      [
        ...CONTEXT_HEADERS.map((name) => name.toLowerCase()),
        ...["mcp-protocol-version", "mcp-method", "mcp-name", "traceparent"],
        ...["accept", "connection", "content-length", "content-type", "host"],
      ].toSorted(),
    );
    expect(seen?.headers).toMatchObject({
      "x-tenant-id": "acme-corp",
      "x-client-id": "finance-agent-001",
      "x-org-id": "org-acme",
      "mcp-method": "tools/call",
      "mcp-name": "look",
      traceparent,
    });
    expect(seen?.body.params).toMatchObject({ name: "look", _meta: { traceparent } });
  });

  test("holds the caller's token nowhere", async () => {
    const secret = await token();
    await lookWith({ "proxy-authorization": `Bearer ${secret}`, "x-authorization": `Bearer ${secret}` });
    expect(JSON.stringify(look.seen)).not.toContain(secret);
    expect(JSON.stringify(look.seen).toLowerCase()).not.toContain("authorization");
  });

  test("holds nothing of a context that the caller made up, however it is spelled", async () => {
    const name = fc
      .constantFrom(...CONTEXT_HEADERS)
      .chain((it) =>
        fc.oneof(
          fc.mixedCase(fc.constant(it)),
          fc.mixedCase(fc.constant(it.replaceAll("-", "_"))),
          fc.constant(it.replaceAll("-", ".")),
          fc.constant(it.replaceAll("-", "")),
          fc.constant(it.replace("-", "--")),
          fc.constant(`${it}-`),
          fc.constant(it.replaceAll("-", "%2D")),
          fc.constant(`mcp-${it}`),
          fc.constant(`X-Forwarded-${it}`),
        ),
      );
    const value = fc.constantFrom(FORGED, [FORGED, FORGED], `acme-corp, ${FORGED}`, `${FORGED}\t`, FORGED.repeat(500));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(name, value), { maxLength: 2, selector: ([it]) => it.toLowerCase() }),
        async (pairs) => {
          look.seen.length = 0;
          const answer = await lookWith(Object.fromEntries(pairs));
          expect(answer.status).toBe(200);
          expect(look.seen).toHaveLength(1);
          expect(JSON.stringify(look.seen)).not.toContain(FORGED);
          expect(look.seen[0]?.headers["x-tenant-id"]).toBe("acme-corp");
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([
    ["a folded line", `X-Tenant-ID: acme-corp\r\n ${FORGED}`],
    ["a space before the colon", `X-Tenant-ID : ${FORGED}`],
    ["a bare line feed", `X-Other: 1\nX-Tenant-ID: ${FORGED}`],
    ["a NUL", `X-Tenant\0-ID: ${FORGED}`],
    ["a second length", `Content-Length: 5\r\nX-Tenant-ID: ${FORGED}`],
    ["a length and chunks", `Transfer-Encoding: chunked\r\nX-Tenant-ID: ${FORGED}`],
  ])("holds nothing that comes by %s", async (_, line) => {
    const { headers, body } = modern("tools/call", { name: "spy___look", arguments: {} });
    const fields = Object.entries({
      ...headers,
      authorization: `Bearer ${await token()}`,
      "content-type": "application/json",
    });
    const socket = connect(Number(new URL(it.url).port), "127.0.0.1");
    socket.end(
      `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
        `${fields.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n${line}\r\n\r\n${body}`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 [24]/);
    expect(JSON.stringify(look.seen)).not.toContain(FORGED);
  });
});

describe("what a client is shown of a target's headers", () => {
  test("is what the target's list allows", async () => {
    const { headers } = await lookWith({});
    expect(headers["sunset"]).toBe("Wed, 30 Jun 2027 00:00:00 GMT");
    for (const name of ["x-internal", "set-cookie", "server", "www-authenticate"])
      expect(headers[name]).toBeUndefined();
  });
});

describe("what an interceptor returns", () => {
  test.each([
    ["Authorization, which the real gateway would send instead of its signature", { Authorization: "Bearer x" }],
    ["a value of more than 4 KB", { "X-Tenant-ID": "x".repeat(4_097) }],
    ["a value beyond ASCII", { "X-Tenant-ID": "açme" }],
    ["a line break", { "X-Tenant-ID": "acme-corp\r\nX-Org-ID: other" }],
    ["a name that is none", { "X Tenant": "acme-corp" }],
  ])("is refused with %s", async (_, headers) => {
    const mcp = { transformedGatewayRequest: { headers } };
    const broken = await whole({
      options: { targets: [target("spy", look.origin)] },
      around: (interceptor) => async (event, invocation) => {
        const output = (await interceptor(event, invocation)) as { mcp: object };
        return "transformedGatewayRequest" in output.mcp ? { interceptorOutputVersion: "1.0", mcp } : output;
      },
    });
    const answer = await call(broken, "spy___look");
    await broken.stop();
    expect([answer.status, answer.json.error?.data?.code]).toEqual([500, "ERR_INTERCEPTOR"]);
    expect(answer.text).not.toContain("Bearer");
    expect(look.seen).toEqual([]);
  });
});

describe("a list of headers", () => {
  test("is compared without regard to case", () => {
    expect([...allowList(["X-Tenant-ID", "x-amzn-bedrock-agentcore-runtime-custom-a"])]).toEqual([
      "x-tenant-id",
      "x-amzn-bedrock-agentcore-runtime-custom-a",
    ]);
  });

  test.each([
    ["Authorization"],
    ["Cookie"],
    ["Set-Cookie"],
    ["Host"],
    ["X-Forwarded-For"],
    ["X-Amzn-Trace-Id"],
    ["X-Amz-Security-Token"],
    ["Content-Type"],
    ["Connection"],
    ["X Tenant"],
    [""],
    ["x".repeat(101)],
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],
  ])("is refused by AgentCore, and here: %s", (...names) => expect(() => allowList(names)).toThrow(TypeError));
});
