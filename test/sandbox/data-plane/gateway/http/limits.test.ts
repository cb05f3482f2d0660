import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { modern, post } from "../../../../services/libraries/mcp-host/calls.ts";
import { token } from "../../../../services/gateway-interceptor/fixture.ts";
import { ask, call, whole, type Whole } from "../fixture.ts";

const MEGABYTE = 1024 * 1024;
let it: Whole;
afterEach(() => it.stop());

const portOf = ({ url }: Whole) => Number(new URL(url).port);

/** What a server says until the connection is closed; a sender that is not listened to any more may see it reset after that. */
function answerTo(socket: Socket): Promise<string> {
  let answer = "";
  return new Promise((resolve) => {
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.on("error", () => undefined).once("close", () => resolve(answer));
  });
}

describe("a payload", () => {
  test("of 6 MB is read, and of one byte more is not", async () => {
    it = await whole({ options: { limits: { interceptorBytes: 100 * MEGABYTE } } });
    const { headers, body } = modern("tools/call", { name: "database___query", arguments: {} });
    const authorization = `Bearer ${await token()}`;
    const padded = (length: number) => body + " ".repeat(length - body.length);
    expect((await post(portOf(it), padded(6 * MEGABYTE), { ...headers, authorization })).status).toBe(200);
    const answer = await post(portOf(it), padded(6 * MEGABYTE + 1), { ...headers, authorization });
    expect([answer.status, answer.json.error?.data?.code]).toEqual([413, "ERR_MESSAGE_TOO_LARGE"]);
    const hidden = await post(portOf(it), padded(6 * MEGABYTE + 1), {
      ...headers,
      authorization,
      "transfer-encoding": "chunked",
    });
    expect([hidden.status, hidden.json.error?.data?.code]).toEqual([413, "ERR_MESSAGE_TOO_LARGE"]);
    expect(it.traces.ran).toEqual(["query"]);
  });

  test("is in its event twice, so that half of it is too much for Lambda", async () => {
    it = await whole();
    const half = "x".repeat(3 * MEGABYTE - 5_000);
    expect((await call(it, "database___query", { ignored: half })).status).toBe(200);
    const answer = await call(it, "database___query", { ignored: `${half}${"x".repeat(5_000)}` });
    expect([answer.status, answer.json.error?.data?.code]).toEqual([413, "ERR_MESSAGE_TOO_LARGE"]);
    expect(it.traces.ran).toEqual(["query"]);
  });

  test("of an answer must fit into Lambda with the request that it answers", async () => {
    it = await whole();
    expect((await call(it, "database___huge")).json.result?.content[0]?.text).toHaveLength(4_500_000);
    const answer = await call(it, "database___huge", { ignored: "x".repeat(900_000) });
    expect([answer.status, answer.json.error?.data?.code]).toEqual([500, "ERR_INTERCEPTOR"]);
  });
});

describe("a client that is slow", () => {
  test("is not waited for", async () => {
    it = await whole({ options: { limits: { requestMs: 400 } } });
    const loris = connect(portOf(it), "127.0.0.1");
    loris.write("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n");
    const slowHead = answerTo(loris);
    const second = connect(portOf(it), "127.0.0.1");
    const authorization = `Bearer ${await token()}`;
    second.write(
      `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    const drip = setInterval(() => void second.write(" "), 50);
    for (const event of ["data", "close"]) second.once(event, () => clearInterval(drip));
    const slowBody = answerTo(second);
    expect((await call(it, "database___query")).status).toBe(200);
    expect(await slowHead).toMatch(/^HTTP\/1\.1 408/);
    expect(await slowBody).toMatch(/^HTTP\/1\.1 408/);
  });
});

describe("a rate", () => {
  test("of calls is kept, for a second at a time", async () => {
    it = await whole({ options: { limits: { callsPerSecond: 3 } } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(it, "ping", {}, { isModern: false })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.json.error).toMatchObject({ code: -32003, data: { code: "ERR_THROTTLED" } });
  });

  test("of searches is kept apart", async () => {
    it = await whole({ options: { limits: { searchesPerMinute: 1 } } });
    const search = () => call(it, "x_amz_bedrock_agentcore_search", { query: "files" });
    expect((await search()).json.result).toBeDefined();
    expect((await search()).json.error?.code).toBe(-32003);
    expect((await call(it, "files___list")).json.result).toBeDefined();
  });
});
