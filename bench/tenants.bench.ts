import { judgeStack } from "../policies/engine/judge.ts";
import { Platform } from "../policies/engine/platform.ts";
import { prove } from "../policies/engine/proof.ts";
import { PROOFS } from "../policies/proofs/proofs.ts";
import { inAWorldOfItsOwn, syntheticEnvironment } from "../test/policies/synthetic/synthetic-environment.ts";
import { planStacks } from "../tools/offline-planner/plan.ts";
import { target } from "./support/target.ts";

const TODAY = "2026-08-01";

/** Seconds of processor time, which other work on the machine changes less than it changes the clock. */
interface Measured {
  readonly resources: number;
  readonly planned: number;
  readonly judged: number;
  readonly proved: number;
}

// What is loaded and compiled once is not counted.
await measure(1);
const all = new Map<number, Measured>();
for (const tenants of [1, 10, 50, 100, 200]) all.set(tenants, await measure(tenants));

const [ten, fifty, hundred] = [all.get(10)!, all.get(50)!, all.get(100)!];
target("100 tenants planned, judged and proved, CPU", total(hundred), 20, "s");
target("all proofs over 50 tenants, CPU", fifty.proved, 1, "s");
target("ten times the tenants (100), times as long per resource", perResource(hundred) / perResource(ten), 1.2, "x");
target("the most memory, with 200 tenants", process.resourceUsage().maxRSS / 1024, 1_500, "MB");

/** Plans, judges and proves an environment with so many tenants; throws where anything is found. */
async function measure(tenants: number): Promise<Measured> {
  const { addresses, known } = inAWorldOfItsOwn(syntheticEnvironment(tenants, "eks"));
  const [plans, planned] = await timed(() => planStacks(addresses, { preview: "known", known }));
  const platform = new Platform(
    plans.map(({ plan }) => plan),
    TODAY,
    known,
  );
  const [verdicts, judged] = await timed(() => platform.stacks.flatMap((it) => judgeStack(it).rules));
  const [proofs, proved] = await timed(() => prove(platform, PROOFS));
  const findings = [...verdicts, ...proofs].flatMap((it) => [...it.violations, ...it.undetermined]);
  if (findings[0] !== undefined)
    throw new Error(`${tenants} tenants: ${findings.length} findings: ${findings[0].message}`);
  const resources = plans.reduce((sum, { plan }) => sum + plan.resources.length, 0);
  const measured = { resources, planned, judged, proved };
  const seconds = [planned, judged, proved].map((it) => it.toFixed(2)).join(" + ");
  process.stdout.write(`${tenants} tenants, ${resources} resources: ${seconds} s CPU planned + judged + proved\n`);
  return measured;
}

function total({ planned, judged, proved }: Measured): number {
  return planned + judged + proved;
}

function perResource(it: Measured): number {
  return total(it) / it.resources;
}

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [T, seconds: number]> {
  const began = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(began);
  return [result, (user + system) / 1e6];
}
