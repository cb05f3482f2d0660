import { Pool } from "undici";
import { token } from "../test/services/gateway-interceptor/fixture.ts";
import { whole } from "../test/sandbox/data-plane/gateway/fixture.ts";
import { target } from "./support/target.ts";

const CALLS = 1_500;

const gateway = await whole();
const { origin } = new URL(gateway.url);
const client = new Pool(origin, { connections: 1 });
const authorization = `Bearer ${await token()}`;

const params = { name: "database___query", arguments: { text: "hello" } };
const _meta = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
};
const REVISIONS = {
  "2026-07-28": {
    params: { ...params, _meta },
    headers: { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": params.name },
  },
  "2025-11-25": { params, headers: { "mcp-protocol-version": "2025-11-25" } },
};

/** One call of a tool by a client that waits for its answer, in milliseconds. */
async function call(id: number, revision: keyof typeof REVISIONS): Promise<number> {
  const { params: asked, headers } = REVISIONS[revision];
  const began = performance.now();
  const { body } = await client.request({
    path: "/mcp",
    method: "POST",
    headers: {
      authorization,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: asked }),
  });
  const text = await body.text();
  if (!text.includes('"hello"')) throw new Error(text);
  return performance.now() - began;
}

for (const revision of ["2026-07-28", "2025-11-25"] as const) {
  for (let i = 0; i < CALLS / 3; i++) await call(i, revision);
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) times.push(await call(i, revision));
  times.sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  const what = `client, gateway, interceptor, Cedar, host, ${revision}`;
  process.stdout.write(`       ${what.padEnd(58)} ${percentile(0.99).toFixed(2).padStart(7)} ms p99\n`);
  target(`${what}, p50`, percentile(0.5), 5, "ms");
}
await client.close();
await gateway.stop();
