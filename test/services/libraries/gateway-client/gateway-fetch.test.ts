import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  gatewayFetch,
  GATEWAY_LIMITS,
  type GatewayLimits,
} from "../../../../services/libraries/gateway-client/gateway-fetch.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

/** A gateway that answers with these statuses, then with 200. */
async function gateway(...statuses: number[]) {
  const seen = { requests: 0, inFlight: 0, most: 0 };
  const server = createServer((_request, response) => {
    seen.requests++;
    seen.most = Math.max(seen.most, ++seen.inFlight);
    setTimeout(() => {
      seen.inFlight--;
      response.writeHead(statuses.shift() ?? 200).end();
    }, 20);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  return { url, seen };
}

const reads = { method: "POST", headers: { "mcp-method": "tools/list" } };
const calls = { method: "POST", headers: { "mcp-method": "tools/call" } };
const fetchWith = (limits: Partial<GatewayLimits> = {}) => gatewayFetch({ ...GATEWAY_LIMITS, ...limits });

describe("a gateway that fails", () => {
  test.each([429, 500, 502, 503, 504])("with %d is asked again by who only reads", async (status) => {
    const { url, seen } = await gateway(status);
    expect((await fetchWith()(url, reads)).status).toBe(200);
    expect(seen.requests).toBe(2);
  });

  test.each([
    [429, 200, 2],
    [503, 200, 2],
    [500, 500, 1],
    [502, 502, 1],
    [504, 504, 1],
  ])(
    "with %d answers a tool call with %d after %d requests: what may have been done is not done again",
    async (status, answer, requests) => {
      const { url, seen } = await gateway(status);
      expect((await fetchWith()(url, calls)).status).toBe(answer);
      expect(seen.requests).toBe(requests);
    },
  );

  test.each([400, 401, 403, 404])(
    "with %d was right to: it is not asked again, however often that happens",
    async (status) => {
      const { url, seen } = await gateway(...Array.from({ length: 8 }, () => status));
      const fetched = fetchWith({ breakAfter: 2 });
      for (let i = 0; i < 8; i++) expect((await fetched(url, reads)).status).toBe(status);
      expect(seen.requests).toBe(8);
    },
  );

  test("is left alone after so many failures, and tried again after a while", async () => {
    const { url, seen } = await gateway(500, 500, 500);
    const fetched = fetchWith({ breakAfter: 3, breakMs: 200 });
    for (let i = 0; i < 3; i++) expect((await fetched(url, calls)).status).toBe(500);
    await expect(fetched(url, calls)).rejects.toThrow(/circuit/i);
    expect(seen.requests).toBe(3);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 201 });
    expect((await fetched(url, calls)).status).toBe(200);
  });

  test("gets no more requests at once than agreed, and callers beyond the queue are refused", async () => {
    const { url, seen } = await gateway();
    const fetched = fetchWith({ concurrency: 2 });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => fetched(url, reads)));
    expect(seen.most).toBe(2);
    expect(outcomes.filter((it) => it.status === "rejected")).toHaveLength(2);
  });
});

test("a gateway that is not there is an error that says so", async () => {
  const { url } = await gateway();
  closing.splice(0).forEach((close) => close());
  await expect(fetchWith({ retries: 1 })(url, calls)).rejects.toMatchObject({ message: "fetch failed" });
});

test("who gives up does not open the circuit for others", async () => {
  const { url } = await gateway();
  const fetched = fetchWith({ breakAfter: 1 });
  await expect(fetched(url, { ...calls, signal: AbortSignal.timeout(1) })).rejects.toThrow(/abort|timeout/i);
  expect((await fetched(url, calls)).status).toBe(200);
});

describe("a gateway that is silent", () => {
  const silent = async (answer: (response: ServerResponse) => void) => {
    const seen = { requests: 0 };
    const server = createServer((_request, response) => {
      seen.requests++;
      answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, seen };
  };

  test.each([
    ["a call is not made again", calls, 1],
    ["who only reads asks again", reads, 2],
  ])("has failed: %s", async (_, request, requests) => {
    const { url, seen } = await silent(() => undefined);
    await expect(fetchWith({ answerMs: 300, retries: 1 })(url, request)).rejects.toThrow("no answer within 300 ms");
    expect(seen.requests).toBe(requests);
  });

  test("is left alone after so many times", async () => {
    const { url, seen } = await silent(() => undefined);
    const fetched = fetchWith({ answerMs: 100, breakAfter: 2 });
    for (let i = 0; i < 2; i++) await expect(fetched(url, calls)).rejects.toThrow("no answer within");
    await expect(fetched(url, calls)).rejects.toThrow(/circuit/i);
    expect(seen.requests).toBe(2);
  });

  test("once its answer has begun may take its time", async () => {
    const { url } = await silent((response) => {
      response.write("slow");
      setTimeout(() => response.end("ly"), 900);
    });
    const answer = await fetchWith({ answerMs: 600 })(url, calls);
    expect(await answer.text()).toBe("slowly");
  });

  test("does not count where the caller gave up", async () => {
    const { url, seen } = await silent(() => undefined);
    const fetched = fetchWith({ breakAfter: 1 });
    for (let i = 0; i < 2; i++)
      await expect(fetched(url, { ...calls, signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/i);
    expect(seen.requests).toBe(2);
  });
});
