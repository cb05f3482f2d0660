import { judgeStack, type RuleVerdict } from "../../../policies/engine/judge.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { type Proof, prove } from "../../../policies/engine/proof.ts";
import type { Rule } from "../../../policies/engine/rule.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { RULES } from "../../../policies/rules.ts";
import type { Plan } from "../../../plan/model.ts";
import { addressesOf } from "../../../environments/address.ts";
import { staging } from "../../../environments/staging.ts";
import { planStacks } from "../../../tools/offline-planner/plan.ts";
import { edited } from "../proofs/edits.ts";
import type { Described } from "../programs.ts";
import { planIn } from "../proofs/platforms.ts";
import { BREACHES, OF_THE_ENGINE, STRANGERS } from "./breaches.ts";
import { FINER } from "./finer-breaches.ts";

declare const readers: {
  readonly modules: ReadonlySet<string>;
  readonly exports: ReadonlySet<string>;
  dropped: string | undefined;
  says: boolean;
  asked: Set<string>;
};

/** What is noticed when a reader is dropped. */
export interface Dropped {
  /** The module and the name of what it exports. */
  readonly reader: string;
  /** How many rules and proofs ask it. */
  readonly asking: number;
  /** `missed` where a breach is found no longer, `refused` where something sound is, or an error; absent where nobody notices. */
  readonly noticed?: string;
}

/** What a rule or a proof says of plans. */
type Judge = (plans: readonly Plan[]) => readonly string[];

/** What a judge said before anything was dropped, and which readers it asked for that. */
interface Said {
  readonly judge: Judge;
  readonly found: readonly string[];
  readonly alarms: readonly string[];
  readonly asked: ReadonlySet<string>;
}

const TENANT = "staging.eu-west-1.xyz-gmbh";
const planned = await planStacks(addressesOf(staging), { preview: "known" });
const sound = withAll(
  [OF_THE_ENGINE],
  planned.map(({ plan }) => plan),
);
const breached = withAll(STRANGERS, Object.values({ ...BREACHES, ...FINER }).reduce<readonly Plan[]>(edited, sound));

const said = [...RULES.map(judgeOfRule), ...PROOFS.map(judgeOfProof)].map((judge): Said => {
  readers.asked = new Set();
  const [found, alarms] = [judge(breached), judge(sound)];
  return { judge, found, alarms, asked: readers.asked };
});
const results = [...readers.exports].sort().map(dropped);
process.stdout.write(
  JSON.stringify({
    modules: [...readers.modules],
    alarms: said.flatMap(({ alarms }) => alarms),
    found: said.flatMap(({ found }) => found),
    results,
  }),
);

/** What is noticed when a reader says no where it would say yes or no, and if that is nothing, when it says yes. */
function dropped(reader: string): Dropped {
  const asking = said.filter(({ asked }) => asked.has(reader));
  const noticed = noticedWith(reader, false, asking) ?? noticedWith(reader, true, asking);
  return { reader, asking: asking.length, ...(noticed !== undefined && { noticed }) };
}

/** Only those that ask the reader are asked again: the others would say what they said. */
function noticedWith(reader: string, says: boolean, asking: readonly Said[]): string | undefined {
  Object.assign(readers, { dropped: reader, says });
  try {
    if (asking.some(({ judge, found }) => isMissing(found, judge(breached)))) return "missed";
    return asking.some(({ judge, alarms }) => judge(sound).length > alarms.length) ? "refused" : undefined;
  } catch (error) {
    return String(error);
  } finally {
    readers.dropped = undefined;
  }
}

function isMissing(all: readonly string[], now: readonly string[]): boolean {
  const said = new Set(now);
  return all.some((it) => !said.has(it));
}

function judgeOfRule(rule: Rule): Judge {
  return (plans) =>
    platformOf(plans).stacks.flatMap((stack) =>
      judgeStack(stack, [rule]).rules.flatMap((it) => wordsOf(rule.name, it)),
    );
}

function judgeOfProof(proof: Proof): Judge {
  return (plans) => prove(platformOf(plans), [proof]).flatMap((it) => wordsOf(proof.name, it));
}

/** Documents are read once for each resource, so each time there are new ones. */
function platformOf(plans: readonly Plan[]): Platform {
  return new Platform(
    plans.map((it) => ({ ...it, resources: it.resources.map((resource) => ({ ...resource })) })),
    "2026-08-01",
  );
}

function wordsOf(name: string, { violations, undetermined }: Pick<RuleVerdict, "violations" | "undetermined">) {
  return [...violations, ...undetermined].map(({ message }) => `${name}: ${message}`);
}

function withAll(resources: readonly Described[], plans: readonly Plan[]): readonly Plan[] {
  const added = planIn(TENANT, ...resources).resources;
  return plans.map((it) => (it.stack === TENANT ? { ...it, resources: [...it.resources, ...added] } : it));
}
