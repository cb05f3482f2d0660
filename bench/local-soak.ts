import { parseArgs } from "node:util";
import { CALLS, callersOf } from "./soak/callers.ts";
import { type Caller, disconnect, type Outcome, outcomeOf, type ToolCall } from "./soak/load.ts";
import { SoakPlatform } from "./soak/platform.ts";
import { target } from "./support/target.ts";

/**
 * The laptop platform under load for some minutes, while one of its tenants is hostile and PostgreSQL is killed: what does the other
 * tenant notice? `node bench/local-soak.ts [--seconds 300] [--rate 100]`, or `npx alicerce bench soak`.
 */
const HOSTILE = "xyz-gmbh";
const OTHER = "acme-corp";
/** The local tier grants 10,000 calls an hour to each of eight callers, and a developer 100 in six seconds. */
const LONGEST_SECONDS = 480;
const TICK_MS = 10;
const SAMPLE_MS = 1_000;
const SHOWN_EACH = 15;
const HOSTILE_AT_ONCE = 4;
const HOSTILE_EACH_MS = 1_000;
/** What may be left in memory when it is over, beyond what the load alone needed. */
const MARGIN_MB = 250;
const RECOVERY_MS = 10_000;
/** Access tokens live five minutes. */
const RENEWED_EACH_MS = 120_000;

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "300" }, rate: { type: "string", default: "100" } },
});
const seconds = Number(values.seconds);
/** Of both tenants together. A machine that the load alone keeps too busy shows it by what the calm minute waits. */
const perSecond = Number(values.rate);
if (!(perSecond > 0 && perSecond <= 100)) throw new RangeError("--rate must be from 1 to 100");
if (!(seconds >= 30 && seconds <= LONGEST_SECONDS))
  throw new RangeError(`--seconds must be from 30 to ${LONGEST_SECONDS}`);
/** A fifth before, to see what the load alone needs; a fifth after, to see what stays. */
const [calmMs, hostileMs] = [seconds * 200, seconds * 600];

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const platform = await SoakPlatform.start();
const outcomes: Outcome[] = [];
const memory: { readonly atMs: number; readonly platform: number; readonly database: number }[] = [];
/** What is not answered yet. */
const pending = new Map<Promise<unknown>, Pick<Outcome, "tenant" | "dueMs">>();
let beganMs = 0;
let killedMs = 0;
try {
  const callers = await callersOf(platform);
  const attack = await hostileCalls(callers);
  beganMs = performance.now();
  say(
    `${callers.length} callers of two tenants, ${perSecond} calls/s for ${seconds} s; ${HOSTILE} is hostile after ${calmMs / 1_000} s.`,
  );
  await run(callers, attack);
  report();
} finally {
  target("the platform ends when it is told to", await platform.stop(), 10_000, "ms");
  await disconnect();
}

/** What the hostile tenant calls: tables of as many columns as rows, and a text of a gigabyte. */
async function hostileCalls(callers: readonly Caller[]): Promise<() => Promise<Outcome>> {
  const caller = callers.find((it) => it.tenant === HOSTILE && it.calls === CALLS.b2b);
  if (caller === undefined) throw new TypeError(`${HOSTILE} has no machine at its gateway for partners`);
  const rows = Array.from({ length: 28_000 }, (_, i) => i);
  const files = {
    "soak/sparse.json": JSON.stringify(rows.map((i) => ({ [i]: 0 }))),
    "soak/sparse.xml": `<t>${rows
      .slice(0, 14_000)
      .map((i) => `<r><c${i}>0</c${i}></r>`)
      .join("")}</t>`,
  };
  for (const [path, content] of Object.entries(files)) {
    const written = await outcomeOf(
      caller,
      ["files___write-file", { path, content, overwrite: true }],
      performance.now(),
    );
    if (written.error !== undefined) throw new Error(`${path} could not be written: ${written.error}`);
  }
  const format = "format('%999999999s','x')";
  const calls: readonly ToolCall[] = [
    ...Object.keys(files).map((from): ToolCall => [
      "files___convert-file",
      { from, to: `${from}.csv`, overwrite: true },
    ]),
    ["database___query", { sql: `SELECT length(${format} || format('%9s','x'))` }],
    ["database___query", { sql: `SELECT length(${format})` }],
  ];
  let next = 0;
  return () =>
    outcomeOf({ ...caller, tenant: "hostile" }, calls[next++ % calls.length] ?? calls[0]!, performance.now());
}

/** Does what is due, again and again, until it is over or the platform is. */
async function run(callers: readonly Caller[], attack: () => Promise<Outcome>): Promise<void> {
  const endMs = beganMs + seconds * 1_000;
  const due = [loading(callers), renewing(callers), attacking(attack), killing(), sampling()];
  while (performance.now() < endMs && platform.isAlive) {
    for (const it of due) it(performance.now());
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.race([Promise.all(pending.keys()), new Promise((resolve) => setTimeout(resolve, 30_000).unref())]);
}

type Due = (now: number) => void;

function loading(callers: readonly Caller[]): Due {
  let sent = 0;
  return (now) => {
    for (; beganMs + (sent * 1_000) / perSecond <= now; sent++) load(callers[sent % callers.length]!, sent);
  };
}

function renewing(callers: readonly Caller[]): Due {
  let lastMs = beganMs;
  return (now) => {
    if (now - lastMs < RENEWED_EACH_MS) return;
    lastMs = now;
    for (const it of callers) renewed(it);
  };
}

/** A renewal that fails shows as calls that are answered with 401. */
function renewed(caller: Caller): void {
  caller.renew().catch((error: unknown) => say(`a token of ${caller.tenant} was not renewed: ${String(error)}`));
}

function attacking(attack: () => Promise<Outcome>): Due {
  let lastMs = 0;
  let running = 0;
  return (now) => {
    const isTime = now > beganMs + calmMs && now < beganMs + calmMs + hostileMs;
    if (!isTime || running >= HOSTILE_AT_ONCE || now - lastMs < HOSTILE_EACH_MS) return;
    lastMs = now;
    running++;
    keep(
      attack().finally(() => running--),
      { tenant: "hostile", dueMs: now },
    );
  };
}

function killing(): Due {
  return (now) => {
    if (killedMs !== 0 || now < beganMs + calmMs + hostileMs / 2) return;
    killedMs = now;
    platform.killDatabase();
  };
}

function sampling(): Due {
  let lastMs = 0;
  return (now) => {
    if (now - lastMs < SAMPLE_MS) return;
    lastMs = now;
    memory.push({ atMs: now, ...platform.memory() });
  };
}

function load(caller: Caller, index: number): void {
  const call = caller.calls[Math.floor(index / 5) % caller.calls.length]!;
  const dueMs = beganMs + (index * 1_000) / perSecond;
  keep(outcomeOf(caller, call, dueMs), { tenant: caller.tenant, dueMs });
}

function keep(call: Promise<Outcome>, sent: Pick<Outcome, "tenant" | "dueMs">): void {
  const kept = call.then((it) => {
    outcomes.push(it);
    pending.delete(kept);
  });
  pending.set(kept, sent);
}

function report(): void {
  const at = (ms: number): string => `${Math.round((ms - beganMs) / 1_000)} s`.padStart(6);
  say("\n  time  platform  PostgreSQL  longest wait of the other tenant");
  for (const [i, { atMs, ...it }] of memory.entries()) {
    if (i % SHOWN_EACH !== 0) continue;
    const until = memory[i + SHOWN_EACH]?.atMs ?? Infinity;
    const waits = longest(ofOther().filter(({ endedMs }) => endedMs >= atMs && endedMs < until));
    say(`${at(atMs)}  ${mb(it.platform)}  ${mb(it.database).padStart(10)}  ${waits.toFixed(0)} ms`);
  }
  say("\n calls  tenant     ended");
  for (const [kind, count] of counted(outcomes)) say(`${String(count).padStart(6)}  ${kind}`);
  say("");
  targets();
}

function targets(): void {
  const calm = memory.filter(({ atMs }) => atMs < beganMs + calmMs);
  const [last] = memory.slice(-1);
  const most = (kind: "platform" | "database"): number => Math.max(...calm.map((it) => it[kind]));
  const recovered = ofOther().find((it) => it.dueMs > killedMs && it.error === undefined && isOfDatabase(it));
  const failed = ofOther().filter((it) => it.error !== undefined && !isOfRestart(it));
  const isGone = !platform.isAlive || outcomes.some((it) => it.error === "ECONNRESET" || it.error === "ECONNREFUSED");
  target("the platform ended by itself, times", isGone ? 1 : 0, 0, "times");
  const calmly = longest(ofOther().filter((it) => it.dueMs < beganMs + calmMs));
  say(`       the same wait before the attack: ${calmly.toFixed(0)} ms`);
  const waiting = [...pending.values()].filter((it) => it.tenant === OTHER);
  const stillWaited = waiting.map((it) => performance.now() - it.dueMs);
  target("the other tenant's longest wait for an answer", Math.max(longest(ofOther()), ...stillWaited), 1_000, "ms");
  target("the other tenant's calls that were never answered", waiting.length, 0, "calls");
  target("the other tenant's calls that failed, but for the killed database", failed.length, 0, "calls");
  target(
    "the database answers again after it was killed",
    (recovered?.endedMs ?? Infinity) - killedMs,
    RECOVERY_MS,
    "ms",
  );
  target(
    "memory of the platform in the end, beyond the load's own",
    (last?.platform ?? 0) - most("platform"),
    MARGIN_MB,
    "MB",
  );
  target(
    "memory of PostgreSQL in the end, beyond the load's own",
    (last?.database ?? 0) - most("database"),
    MARGIN_MB,
    "MB",
  );
}

function isOfDatabase({ tool }: Outcome): boolean {
  return tool.startsWith("database");
}

function isOfRestart(it: Outcome): boolean {
  return isOfDatabase(it) && killedMs > 0 && it.endedMs >= killedMs && it.dueMs < killedMs + RECOVERY_MS;
}

function ofOther(): readonly Outcome[] {
  return outcomes.filter((it) => it.tenant === OTHER);
}

function longest(of: readonly Outcome[]): number {
  return of.reduce((most, it) => Math.max(most, it.waitedMs), 0);
}

function counted(of: readonly Outcome[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { tenant, tool, error } of of) {
    const kind = `${tenant.padEnd(9)}  ${error === undefined ? "as asked" : `${tool}: ${error.replaceAll(/\s+/g, " ")}`}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function mb(megabytes: number): string {
  return `${megabytes.toFixed(0)} MB`.padStart(8);
}
