import { judgeStack } from "../../../policies/engine/judge.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { prove } from "../../../policies/engine/proof.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import type { Plan } from "../../../plan/model.ts";
import { addressesOf } from "../../../environments/address.ts";
import { staging } from "../../../environments/staging.ts";
import { planStacks } from "../../../tools/offline-planner/plan.ts";
import { edited } from "../proofs/edits.ts";
import type { Described } from "../programs.ts";
import { planIn } from "../proofs/platforms.ts";
import { BREACHES, OF_THE_ENGINE, STRANGERS } from "./breaches.ts";

declare const readers: { readonly modules: ReadonlySet<string>; dropped: string | undefined; says: boolean };

/** What is noticed when a module is dropped: breaches that are no longer found, findings on what is sound, or an error. */
export interface Dropped {
  readonly module: string;
  readonly missed: number;
  readonly refused: number;
  readonly error?: string;
}

const TENANT = "staging.eu-west-1.xyz-gmbh";
const planned = await planStacks(addressesOf(staging), { preview: "known" });
const sound = withAll(
  [OF_THE_ENGINE],
  planned.map(({ plan }) => plan),
);
const breached = withAll(STRANGERS, Object.values(BREACHES).reduce<readonly Plan[]>(edited, sound));

const found = findings(breached);
const results = [...readers.modules].sort().map((module) => {
  const [no, yes] = [dropping(module, false), dropping(module, true)];
  return no.missed + no.refused > 0 || no.error !== undefined ? no : yes;
});
process.stdout.write(JSON.stringify({ alarms: [...findings(sound)], found: [...found], results }));

function dropping(module: string, says: boolean): Dropped {
  Object.assign(readers, { dropped: module, says });
  try {
    const missed = missing(found, findings(breached));
    return { module, missed, refused: missed > 0 ? 0 : findings(sound).size };
  } catch (error) {
    return { module, missed: 0, refused: 0, error: String(error) };
  } finally {
    readers.dropped = undefined;
  }
}

function missing(all: ReadonlySet<string>, some: ReadonlySet<string>): number {
  return [...all].filter((it) => !some.has(it)).length;
}

function withAll(resources: readonly Described[], plans: readonly Plan[]): readonly Plan[] {
  const added = planIn(TENANT, ...resources).resources;
  return plans.map((it) => (it.stack === TENANT ? { ...it, resources: [...it.resources, ...added] } : it));
}

/** What every rule and proof says. Documents are read once for each resource, so each time there are new ones. */
function findings(plans: readonly Plan[]): ReadonlySet<string> {
  const fresh = plans.map((it) => ({ ...it, resources: it.resources.map((resource) => ({ ...resource })) }));
  const platform = new Platform(fresh, "2026-08-01");
  const rules = platform.stacks.flatMap((stack) =>
    judgeStack(stack).rules.map((it) => ({ ...it, name: it.rule.name })),
  );
  const proofs = prove(platform, PROOFS).map((it) => ({ ...it, name: it.proof.name }));
  const all = [...rules, ...proofs].flatMap(({ name, violations, undetermined }) =>
    [...violations, ...undetermined].map(({ message }) => `${name}: ${message}`),
  );
  return new Set(all);
}
