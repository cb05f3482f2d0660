import { PERMISSIONS } from "../contracts/identity/permissions.ts";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { contextSigner } from "../services/libraries/service-kit/tokens/context-signer.ts";
import type { CallerContext } from "../services/libraries/service-kit/tenant-context.ts";
import { tenantKey } from "../test/support/tenant-key.ts";
import { cpuMilliseconds, residentMegabytes, target } from "./support/target.ts";

const ROUNDS = 7;
const CALLS = 1_500;
const CONNECTIONS = 16;

interface Contender {
  readonly what: string;
  readonly child: ChildProcess;
  readonly port: number;
  /** CPU microseconds per call, a round each. */
  readonly micros: number[];
}

const { certify, publicKeys } = tenantKey();
const sign = contextSigner({ issuer: "interceptor", certify });

/** Bundled, and with the options of the image: as it is deployed. */
const bundle = path.join(mkdtempSync(path.join(tmpdir(), "alicerce-bench-")), "servers.mjs");
await build({
  entryPoints: [fileURLToPath(new URL("support/mcp-servers.ts", import.meta.url))],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
});
const dockerfile = readFileSync(new URL("../services/mcp/Dockerfile", import.meta.url), "utf8");
const [, nodeOptions = ""] = /^ENV NODE_OPTIONS="([^"]+)"$/m.exec(dockerfile) ?? [];

const contender = async (what: string, kind: string): Promise<Contender> => {
  const child = spawn(process.execPath, [...nodeOptions.split(" "), bundle, kind, publicKeys], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { what, child, port: Number(line), micros: [] };
};

/** As many callers as there are connections: each of their tokens is of a caller's half minute, not of a call. */
const callerOf = (index: number): CallerContext => ({
  tenantId: "acme",
  clientId: `bench-${index % CONNECTIONS}`,
  scopes: ["mcp:read"],
  permissions: PERMISSIONS,
});

const body = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: {
    name: "echo0",
    arguments: { text: "hello" },
    _meta: {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": {},
      "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1.0.0" },
    },
  },
});
const fixed = {
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
  "mcp-protocol-version": "2026-07-28",
  "mcp-method": "tools/call",
  "mcp-name": "echo0",
  "content-length": Buffer.byteLength(body),
};

/** Headers of as many requests as asked for, signed before anything is measured. */
const signedHeaders = async (count: number): Promise<object[]> => {
  const signed: object[] = [];
  for (let i = 0; i < count; i++) {
    const requestId = crypto.randomUUID();
    const caller = callerOf(i);
    const token = await sign(caller, "mcp-echo");
    const context = {
      "x-user-context": token,
      "x-tenant-id": "acme",
      "x-client-id": caller.clientId,
      "x-request-id": requestId,
    };
    signed.push({ ...fixed, ...context });
  }
  return signed;
};

const call = (agent: Agent, port: number, headers: object): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { agent, port, host: "127.0.0.1", path: "/mcp", method: "POST", headers: { ...headers } },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () =>
          text.includes('"hello"') ? resolve() : reject(new Error(`${response.statusCode} ${text}`)),
        );
      },
    );
    sent.on("error", reject).end(body);
  });

const round = async ({ port, child }: Contender, calls: number): Promise<number> => {
  const headers = await signedHeaders(calls);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const began = cpuMilliseconds(child.pid!);
  let next = 0;
  const connection = async () => {
    while (next < calls) await call(agent, port, headers[next++]!);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  const used = cpuMilliseconds(child.pid!) - began;
  agent.destroy();
  return (used * 1_000) / calls;
};

const bare = await contender("bare SDK, 1 tool", "bare");
const others = [await contender("host, 1 tool", "1"), await contender("host, 50 tools", "50")];
const all = [bare, ...others];
for (const it of all) await round(it, 2 * CALLS);
for (let i = 0; i < ROUNDS; i++) for (const it of all) it.micros.push(await round(it, CALLS));

const middle = ({ micros }: Contender) => micros.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
/** The middle of what each round says by itself, so that a busy moment of the machine hits both sides. */
const ratio = ({ micros }: Contender) =>
  micros.map((it, i) => it / bare.micros[i]!).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
for (const it of all)
  process.stdout.write(`       ${it.what.padEnd(58)} ${middle(it).toFixed(0).padStart(7)} µs CPU per call\n`);
for (const it of others) target(`${it.what}, against the bare SDK`, ratio(it), 1.15, "×");
for (const it of all) target(`${it.what}, resident memory`, residentMegabytes(it.child.pid!), 150, "MB");
const latencies: number[] = [];
const alone = new Agent({ keepAlive: true, maxSockets: 1 });
for (const headers of await signedHeaders(CALLS)) {
  const began = performance.now();
  await call(alone, others[0]!.port, headers);
  latencies.push(performance.now() - began);
}
alone.destroy();
const p99 = latencies.toSorted((a, b) => a - b)[Math.floor(CALLS * 0.99)] ?? Number.NaN;
target("host, 1 tool, a call from the same machine, p99", p99, 5, "ms");
for (const { child } of all) child.kill();
rmSync(path.dirname(bundle), { recursive: true });
