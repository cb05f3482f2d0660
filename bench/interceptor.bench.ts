import { setImmediate as turn } from "node:timers/promises";
import { acme, callTool, gateway, mcpAnswer, mcpEvent, token } from "../test/services/gateway-interceptor/fixture.ts";
import { behalfOf } from "./support/people.ts";
import { target } from "./support/target.ts";

const PER_SECOND = 1_000;
const ROUNDS = 6;

const { intercept } = gateway(acme, { write: () => undefined });
const tokens = await Promise.all(Array.from({ length: 50 }, (_, i) => token({ jti: `t-${i}` })));
let serial = 0;

/** Both halves of a call of a tool: what the interceptor adds to it. */
async function pass(): Promise<void> {
  const requestId = `bench-${serial++}`;
  const event = mcpEvent(tokens[serial % tokens.length], callTool("database___query", serial));
  const output = await intercept(event, { requestId });
  if (!("mcp" in output)) throw new Error("call was refused");
  await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: serial, result: { content: [] } }), { requestId });
}

/** A second of calls that come when they come, whether those before are answered or not; waiting for their turn counts. */
async function openLoop(work: () => Promise<void>): Promise<number[]> {
  const latencies: number[] = [];
  const pending: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; sent < PER_SECOND;) {
    const due = began + (sent * 1_000) / PER_SECOND;
    if (performance.now() < due) {
      await turn();
      continue;
    }
    sent++;
    pending.push(work().then(() => void latencies.push(performance.now() - due)));
  }
  await Promise.all(pending);
  return latencies;
}

const percentile = (latencies: readonly number[], share: number): number =>
  latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * share)] ?? Number.NaN;

await openLoop(pass);
await openLoop(pass);
const passes: number[] = [];
const nothing: number[] = [];
for (let i = 0; i < ROUNDS; i++) {
  passes.push(...(await openLoop(pass)));
  nothing.push(...(await openLoop(() => Promise.resolve())));
}
// The machine's own hesitations hit a loop that does nothing as well; what is left is ours.
for (const [name, share] of [
  ["p50", 0.5],
  ["p99", 0.99],
] as const) {
  const added = percentile(passes, share) - percentile(nothing, share);
  target(`interceptor, added to a call at ${PER_SECOND} calls/s, ${name}`, added, 2, "ms");
}

/** What a call takes of a processor, in microseconds. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < PER_SECOND; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / PER_SECOND;
}

target("interceptor, both halves of a call, CPU", await cpuOf(pass), 500, "µs");
const people = await behalfOf(50);
const acted = () => people.pass(serial++);
await cpuOf(acted);
target("interceptor, a call of an agent for one of 50 people, CPU", await cpuOf(acted), 500, "µs");
target("interceptor, a person's context met for the first time, CPU", await cpuOf(people.verifyNew), 1_000, "µs");
