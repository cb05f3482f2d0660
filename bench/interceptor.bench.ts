import { setImmediate as turn } from "node:timers/promises";
import { acme, callTool, gateway, mcpAnswer, mcpEvent, token } from "../test/services/gateway-interceptor/fixture.ts";
import { target } from "./target.ts";

const PER_SECOND = 1_000;
const SECONDS = 5;

const { intercept } = gateway(acme, { write: () => undefined });
const tokens = await Promise.all(Array.from({ length: 50 }, (_, i) => token({ jti: `t-${i}` })));
let serial = 0;

/** Both halves of a call of a tool: what the interceptor adds to it. */
async function pass(): Promise<void> {
  const requestId = `bench-${serial++}`;
  const event = mcpEvent(tokens[serial % tokens.length], callTool("database___query", serial));
  const output = await intercept(event, { requestId });
  if (!JSON.stringify(output).includes("transformedGatewayRequest")) throw new Error("call was refused");
  await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: serial, result: { content: [] } }), { requestId });
}

/** Calls come when they come, whether those before are answered or not; waiting for their turn counts. */
async function openLoop(seconds: number): Promise<number[]> {
  const latencies: number[] = [];
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; sent < seconds * PER_SECOND;) {
    const due = began + (sent * 1_000) / PER_SECOND;
    if (performance.now() < due) {
      await turn();
      continue;
    }
    sent++;
    pending.push(pass().then(() => void latencies.push(performance.now() - due)));
  }
  await Promise.all(pending);
  return latencies.toSorted((a, b) => a - b);
}

await openLoop(2);
const latencies = await openLoop(SECONDS);
const percentile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
const rate = `${PER_SECOND} calls/s`;
target(`interceptor, added to a call at ${rate}, p50`, percentile(0.5), 2, "ms");
target(`interceptor, added to a call at ${rate}, p99`, percentile(0.99), 2, "ms");
