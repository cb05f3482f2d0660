import { addressesOf, isOfPlatform } from "../../../environments/address.ts";
import { environments } from "../../../environments/index.ts";
import type { Day } from "../../../contracts/day.ts";
import type { Plan } from "../../../plan/model.ts";
import { counted } from "../text/terminal.ts";
import { type Proved, provedOver, type TimedVerdict } from "./proved.ts";

/** Why nothing was proved over the stacks of one name. */
export interface Unproved {
  readonly environment: string;
  readonly why: string;
}

/** What was proved over the environments of which every stack is there, and over which nothing could be proved. */
export interface ProvedFiles {
  readonly proved: Proved | undefined;
  readonly unproved: readonly Unproved[];
}

/** Proofs rest on addresses and on every stack of an environment: runs them over each environment that is there as a whole. */
export async function proveWhole(plans: readonly Plan[], today: Day): Promise<ProvedFiles> {
  const ours = plans.filter((it) => isOfPlatform(it.stack));
  const byEnvironment = [...Map.groupBy(ours, (it) => it.stack.split(".", 1)[0] ?? "")];
  const unproved: Unproved[] = [];
  const whole = byEnvironment.filter(([environment, found]) => {
    const why = whyNot(environment, found);
    if (why !== undefined) unproved.push({ environment, why });
    return why === undefined;
  });
  if (whole.length === 0) return { proved: undefined, unproved };
  const { PROOFS } = await import("../../../policies/proofs/proofs.ts");
  return { proved: together(whole.map(([, found]) => provedOver(found, today, PROOFS))), unproved };
}

/** What keeps the proofs from running over the stacks of an environment; `undefined` where nothing does. */
function whyNot(name: string, found: readonly Plan[]): string | undefined {
  const environment = Object.values(environments).find((it) => it.name === name);
  const addresses = environment === undefined ? [] : addressesOf(environment);
  const there = new Set(found.map((it) => it.stack));
  const strays = [...there].filter((it) => !addresses.includes(it));
  if (strays.length > 0) return `the data has no ${strays.join(", ")}`;
  const missing = addresses.filter((it) => !there.has(it));
  const [first] = missing;
  if (first === undefined) return undefined;
  const more = missing.length > 1 ? ` and ${counted(missing.length - 1, "more stack")}` : "";
  return `${first}${more} of the environment ${missing.length > 1 ? "are" : "is"} not among the files`;
}

function together(all: readonly Proved[]): Proved {
  const verdicts = [
    ...Map.groupBy(
      all.flatMap((it) => it.verdicts),
      (it) => it.proof,
    ).values(),
  ].flatMap(sum);
  return { stacks: all.flatMap((it) => it.stacks), verdicts };
}

/** The verdicts of one proof over several environments as one. */
function sum(verdicts: readonly TimedVerdict[]): readonly TimedVerdict[] {
  const [first, ...others] = verdicts;
  if (first === undefined || others.length === 0) return verdicts;
  const counts = Map.groupBy(
    verdicts.flatMap((it) => it.enumerated),
    (it) => it.what,
  );
  return [
    {
      proof: first.proof,
      enumerated: [...counts].map(([what, of]) => ({ what, count: of.reduce((total, it) => total + it.count, 0) })),
      violations: verdicts.flatMap((it) => it.violations),
      undetermined: verdicts.flatMap((it) => it.undetermined),
      durationMs: verdicts.reduce((total, it) => total + it.durationMs, 0),
    },
  ];
}
