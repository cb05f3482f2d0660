import { describe, expect, it } from "vitest";
import { environments } from "../../../environments/index.ts";
import type { Plan } from "../../../plan/model.ts";
import { typeOf } from "../../../plan/urn.ts";
import { DESCRIPTIONS, fileFor } from "../../../policies/descriptions/descriptions.ts";
import { type Finding, judgeStack, type Verdict } from "../../../policies/engine/judge.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { prove } from "../../../policies/engine/proof.ts";
import type { Rule } from "../../../policies/engine/rule.ts";
import { StackIndex } from "../../../policies/engine/stack-index.ts";
import {
  judgeBy,
  onlyWhatIsUnderstoodIsDeployed,
} from "../../../policies/premise-8-least-privilege/only-what-is-understood-is-deployed.ts";
import { unknownValuesHaveAnOrigin } from "../../../policies/premise-8-least-privilege/resources/unknown-values-have-an-origin.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { RULES } from "../../../policies/rules.ts";
import { plans } from "../../infra/plans.ts";
import { TODAY } from "../../support/rule-tester.ts";
import {
  known as internal,
  PLANS as INTERNAL,
} from "../premise-3-private-network/internal-apis/internal-apis-plans.ts";
import { planOf } from "../programs.ts";
import { withAllThatIsAdded } from "../sensible/with-all-that-is-added.ts";
import { RecordedReads } from "./recorded-reads.ts";

/** What is described is in a plan of ours, or a sensible change adds it to one of staging's. */
const added = await withAllThatIsAdded();
const SHIPPED = [...plans].map(([address, { plan }]) => added.get(address) ?? plan);

/** No shipped environment has internal APIs, or is attached to a Transit Gateway. */
const PLANS = [...SHIPPED, ...INTERNAL];
const KNOWN = { ...environments, ...internal };

function judge(plan: Plan, rules: readonly Rule[]): Verdict {
  return judgeStack(new StackIndex(plan, TODAY, KNOWN), rules);
}

/** All but those that go through every input. */
const READERS = RULES.filter((it) => it !== onlyWhatIsUnderstoodIsDeployed && it !== unknownValuesHaveAnOrigin);

/** These also look for identifiers, ARNs and regions in whatever is set, and so do not understand each property that they read. */
const SEARCHERS = [
  "databases-admit-only-their-server",
  "flows-stay-in-the-residency",
  "load-balancers-are-guarded",
  "only-own-names-are-used",
  "roles-hold-what-their-code-calls",
  "security-groups-admit-no-internet",
  "tenants-reach-only-their-own",
  "tools-need-exactly-their-scope",
  "traffic-leaves-by-name",
];

/** What was read by all rules and proofs of which `isOne` is true. */
function recording(isOne: (id: string) => boolean): RecordedReads {
  const reads = new RecordedReads();
  const recorded = PLANS.map((plan) => reads.of(plan));
  const rules = READERS.filter(({ id }) => isOne(id));
  for (const plan of recorded) judge(plan, rules);
  const proofs = PROOFS.filter(({ id }) => isOne(id));
  for (const environment of Object.values(Object.groupBy(recorded, ({ stack }) => stack.split(".")[0] ?? "")))
    prove(new Platform(environment ?? [], TODAY, KNOWN), proofs);
  return reads;
}

const byAll = recording(() => true);
const byName = recording((id) => !SEARCHERS.includes(id));

/** The paths that the plans set, by type. */
const set = new Map<string, Set<string>>();
for (const { type, inputs } of PLANS.flatMap(({ resources }) => resources)) {
  if (!set.has(type)) set.set(type, new Set());
  collect(inputs, "", set.get(type)!);
}

function collect(value: unknown, path: string, into: Set<string>): void {
  if (path !== "") into.add(path);
  if (Array.isArray(value)) for (const it of value) collect(it, path, into);
  else if (typeof value === "object" && value !== null)
    for (const [key, it] of Object.entries(value)) collect(it, path === "" ? key : `${path}.${key}`, into);
}

/** What is said of a resource, as if it were said of its type: once, however many there are. */
function ofType({ urn, message }: Finding): string {
  return message.replace(/^"[^"]*"/, typeOf(urn));
}

function isRead(reads: RecordedReads, type: string, path: string): boolean {
  return reads.readsValue(type, path) || reads.readsSource(type, path.split(".")[0] ?? "");
}

describe("the plans of all environments, and of sensible changes", () => {
  it("hold and set nothing that is not understood", () => {
    const verdicts = PLANS.flatMap((plan) => judge(plan, [onlyWhatIsUnderstoodIsDeployed]).rules);
    const findings = verdicts.flatMap(({ violations, undetermined }) => [...violations, ...undetermined]);
    expect([...new Set(findings.map(ofType))]).toEqual([]);
    expect(verdicts.reduce((sum, { held }) => sum + held, 0)).toBeGreaterThan(2000);
  });

  it("hold each type that is described", () => {
    const gone = [...DESCRIPTIONS.keys()].filter((type) => !set.has(type));
    expect(gone.map((type) => `no plan holds ${type}: take it out of ${fileFor(type)}`)).toEqual([]);
  });
});

describe("each description", () => {
  const resources = PLANS.flatMap((plan) => plan.resources.map((resource) => ({ plan, resource })));
  const byType = Map.groupBy(resources, ({ resource }) => resource.type);

  it.each([...DESCRIPTIONS.keys()])("of %s is missed when it is gone", (type) => {
    const rest = new Map([...DESCRIPTIONS].filter(([it]) => it !== type));
    const without = { ...onlyWhatIsUnderstoodIsDeployed, facts: [judgeBy(rest)] };
    const [{ plan, resource }] = byType.get(type) as [(typeof resources)[number]];
    const [verdict] = judge({ ...plan, resources: [resource] }, [without]).rules;
    expect(verdict?.violations.map(({ urn }) => urn)).toEqual([resource.urn]);
  });
});

describe("the descriptions, while all rules and proofs judge those plans", () => {
  it("name as read what is read", () => {
    const untrue = [...DESCRIPTIONS].flatMap(([type, { read = [] }]) =>
      read
        .filter((path) => set.get(type)?.has(path) === true && !isRead(byAll, type, path))
        .map(
          (path) =>
            `nothing reads ${path} of ${type}: let a rule read it, or say in ${fileFor(type)} what it is instead`,
        ),
    );
    expect(untrue).toEqual([]);
  });

  it("name as inert, and as unread, what nothing reads", () => {
    const untrue = [...DESCRIPTIONS].flatMap(([type, { inert = {}, unread = {} }]) =>
      Object.keys({ ...inert, ...unread })
        .filter((path) =>
          path.includes(".") && path in inert ? byName.readsValue(type, path) : isRead(byName, type, path),
        )
        .map((path) => `${path} of ${type} is read: name it as read in ${fileFor(type)}`),
    );
    expect(untrue).toEqual([]);
  });
});

describe("the recording", () => {
  const type = "aws:kms/key:Key";
  const read = (by: Parameters<typeof watch>[0]): string[] => watch(by);

  function watch(by: (inputs: Readonly<Record<string, unknown>>, sources: Readonly<Record<string, unknown>>) => void) {
    const record = new RecordedReads();
    const inputs = { policy: "{}", rules: [{ key: { arn: "x" } }], tags: {} };
    const plan = record.of(planOf({ type, name: "key", inputs, propertyDependencies: { policy: [], tags: [] } }));
    const [key] = plan.resources;
    by(key!.inputs, key!.propertyDependencies!);
    const paths = ["policy", "rules", "rules.key", "rules.key.arn", "tags", "gone"];
    return [
      ...paths.filter((it) => record.readsValue(type, it)),
      ...["policy", "tags"].filter((it) => record.readsSource(type, it)).map((it) => `source of ${it}`),
    ];
  }

  it("sees a value, one inside of a list, and one that is absent", () => {
    expect(read((inputs) => inputs["policy"])).toEqual(["policy"]);
    expect(read((inputs) => (inputs["rules"] as { key: { arn: string } }[])[0]?.key.arn)).toEqual([
      "rules",
      "rules.key",
      "rules.key.arn",
    ]);
    expect(read((inputs) => inputs["gone"])).toEqual(["gone"]);
  });

  it("sees where one input came from, and nothing where all of them are gone through", () => {
    expect(read((_, sources) => sources["tags"])).toEqual(["source of tags"]);
    expect(read((_, sources) => Object.values(sources))).toEqual([]);
    expect(read((_, sources) => [Object.entries(sources), sources["policy"]])).toEqual(["source of policy"]);
  });
});
