import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TokenError } from "../../../../services/libraries/service-kit/problem.ts";
import { arrivalOf } from "../../../../sandbox/data-plane/gateway/arrival.ts";
import { GatewayProblem } from "../../../../sandbox/data-plane/gateway/gateway-problem.ts";
import type { Answer } from "../../../../sandbox/data-plane/gateway/pipeline.ts";
import { token } from "../../../services/gateway-interceptor/fixture.ts";
import { cognitoClaims, signingKey, signToken } from "../../../support/issuer.ts";
import { call, catalogue, CONTEXT_HEADERS, whole, withoutListener } from "./fixture.ts";

const MARK = "hostile-4711";
const [good, reader, xyz, forged] = await Promise.all([
  token(),
  token({ scope: "b2b/mcp.read" }),
  token({ tenant_id: "xyz-gmbh" }),
  signingKey("pool-1").then((it) => signToken(cognitoClaims("acme-corp"), it)),
]);

const anything = fc.oneof(
  { depthSize: "small" },
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(undefined, MARK, "__proto__", -0, 2 ** 53, "\ud800", ""),
);
const rarely = <T>(it: fc.Arbitrary<T>) => fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, it);
const usually = <T>(it: fc.Arbitrary<T>, weight = 8) => fc.oneof({ weight, arbitrary: it }, anything);

const methods = [
  "tools/call",
  "tools/list",
  "prompts/get",
  "prompts/list",
  "resources/read",
  "resources/list",
  "initialize",
  "ping",
  "server/discover",
  "completion/complete",
  "notifications/initialized",
  "notifications/cancelled",
  "logging/setLevel",
  "subscriptions/listen",
];
const names = [
  ...Object.keys(catalogue.tools).filter((it) => !/hang|huge/.test(it)),
  "database___explain",
  "database___unoffered",
  "nowhere___a",
  "___",
  "constructor",
];
const uris = ["db://schema/orders", "docs://readme/text", "db://audit/x", "file:///etc/passwd"];
const meta = fc.record(
  {
    "io.modelcontextprotocol/protocolVersion": usually(fc.constant("2026-07-28")),
    "io.modelcontextprotocol/clientCapabilities": usually(fc.constant({})),
    progressToken: anything,
    traceparent: anything,
  },
  { requiredKeys: [] },
);
const params = fc.record(
  {
    name: usually(fc.constantFrom(...names)),
    uri: usually(fc.constantFrom(...uris)),
    arguments: usually(fc.record({ text: anything, [MARK]: anything }, { requiredKeys: [] })),
    cursor: anything,
    ref: usually(
      fc.record({
        type: fc.constantFrom("ref/prompt", "ref/resource"),
        name: fc.constantFrom(...names),
        uri: anything,
      }),
    ),
    requestId: anything,
    _meta: usually(meta),
  },
  { requiredKeys: ["_meta"] },
);
const message = fc.record(
  {
    jsonrpc: usually(fc.constant("2.0"), 20),
    id: usually(fc.integer(), 20),
    method: usually(fc.constantFrom(...methods), 20),
    params: usually(params),
  },
  { requiredKeys: ["jsonrpc", "id", "method"] },
);

interface Case {
  readonly body: Buffer;
  readonly headers: { readonly [name: string]: string };
}

const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((it) => String.fromCharCode(it)),
  maxLength: 12,
});
const others = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      ...CONTEXT_HEADERS.map((it) => it.toLowerCase()),
      "x_tenant_id",
      "mcp-session-id",
      "traceparent",
      "mcp-param-a",
      "cookie",
    ),
    fc.stringMatching(/^[a-z][a-z0-9_-]{0,9}$/),
  ),
  fc.oneof(fc.constant(MARK), headerText),
  { maxKeys: 4 },
);
const authorization = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(good, reader) },
  fc.constantFrom(xyz, forged, "", `${good}x`, `${good}, Bearer ${xyz}`, good.slice(5)),
);

/** A request that mostly makes sense, so that it comes far. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    value: usually(message, 20),
    who: authorization,
    others,
    lies: fc.dictionary(fc.constantFrom("mcp-method", "mcp-name", "mcp-protocol-version", "content-type"), headerText, {
      maxKeys: 1,
    }),
    spoil: rarely(fc.nat()),
  })
  .map(({ value, who, others: more, lies, spoil }) => {
    const body = Buffer.from(value === undefined ? "" : JSON.stringify(value));
    if (spoil !== null && body.length > 0) body[spoil % body.length] = (spoil * 7) & 0xff;
    return { body, headers: { ...more, ...truthful(value), ...lies, authorization: `Bearer ${who}` } };
  });

/** What the headers of an honest client repeat of a message. */
function truthful(value: unknown): { readonly [name: string]: string } {
  const { method, params: asked } = (value ?? {}) as {
    method?: unknown;
    params?: { [member: string]: unknown } | null;
  };
  const named = asked?.[method === "resources/read" ? "uri" : "name"];
  const _meta = asked?.["_meta"] as { [member: string]: unknown } | null | undefined;
  const version = _meta?.["io.modelcontextprotocol/protocolVersion"];
  return {
    "content-type": "application/json",
    ...(version === "2026-07-28" && { "mcp-protocol-version": version }),
    ...(typeof method === "string" && { "mcp-method": method }),
    ...(typeof named === "string" && { "mcp-name": named }),
  };
}

const isGood = ({ headers }: Case) => [good, reader].some((it) => headers["authorization"] === `Bearer ${it}`);

async function messagesOf({ body, messages }: Answer): Promise<unknown[]> {
  if (messages === undefined) return body === undefined || body === null ? [] : [body];
  const all: unknown[] = [];
  for await (const it of messages) all.push(it);
  return all;
}

test("whatever comes is answered in JSON-RPC, by the tenant's own context or not at all", async () => {
  const it = await withoutListener({ options: { limits: { searchesPerMinute: 1e6 } } });
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(cases, async (sent) => {
      it.traces.ran.length = 0;
      const request = Object.assign(Readable.from([sent.body]), {
        headers: sent.headers,
        socket: { remoteAddress: "127.0.0.1" },
      });
      const answer = await it.pipeline
        .post(
          request as unknown as IncomingMessage,
          new AbortController(),
          arrivalOf(request as unknown as IncomingMessage, "http://127.0.0.1/x"),
        )
        .catch((thrown: unknown) => thrown);
      if (answer instanceof TokenError || answer instanceof GatewayProblem) {
        expect(it.traces.ran).toEqual([]);
        return;
      }
      const { status } = answer as Answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(isGood(sent)).toBe(true);
      for (const reply of await messagesOf(answer as Answer)) {
        const { jsonrpc, error, result, method } = reply as { [member: string]: unknown };
        expect(jsonrpc).toBe("2.0");
        if (method === undefined) expect([error, result].filter((part) => part !== undefined)).toHaveLength(1);
        if (error !== undefined)
          expect(error).toMatchObject({ code: expect.any(Number) as number, message: expect.any(String) as string });
        if (JSON.stringify(reply).includes("tenantId"))
          expect(JSON.stringify(reply)).toContain('tenantId\\":\\"acme-corp\\",\\"clientId\\":\\"finance-agent-001');
        expect(JSON.stringify(reply)).not.toMatch(/node_modules|\.ts:\d|127\.0\.0\.1:\d/);
      }
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).not.toBe(500);
    }),
    { numRuns: 10_000 },
  );
  await it.stop();
  // Enough of it came far enough to have meant something.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(1_000);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(500);
});

describe("over the wire", () => {
  test("whatever comes is answered in HTTP, and the next one is served", async () => {
    const it = await whole();
    const port = Number(new URL(it.url).port);
    const exchange = (bytes: Buffer): Promise<string> => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined).setTimeout(2_000, () => socket.destroy());
      socket.end(bytes);
      return textOf(socket).catch(() => "");
    };
    const wire = fc.tuple(
      cases,
      fc.constantFrom("POST", "GET", "DELETE", "OPTIONS", "BREW"),
      fc.constantFrom("/mcp", "/", "/.well-known/oauth-protected-resource", "http://evil/mcp", "/mcp?a=b"),
      rarely(fc.tuple(fc.nat(), fc.nat(255))),
    );
    await fc.assert(
      fc.asyncProperty(wire, async ([{ body, headers }, method, path, spoil]) => {
        const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: ${body.length}\r\n${fields.join("")}\r\n`;
        const bytes = Buffer.concat([Buffer.from(head), body]);
        if (spoil !== null) bytes[spoil[0] % bytes.length] = spoil[1];
        const answer = await exchange(bytes);
        if (answer !== "") expect(answer).toMatch(/^HTTP\/1\.1 [2345]\d\d /);
        if (answer.includes("application/json"))
          expect(() => JSON.parse(answer.split("\r\n\r\n").slice(1).join("\r\n\r\n")) as unknown).not.toThrow();
      }),
      { numRuns: 400 },
    );
    expect((await call(it, "database___query")).status).toBe(200);
    await it.stop();
  });
});
