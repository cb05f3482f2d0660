import { describe, expect, it } from "vitest";
import { type Plan, type PlannedResource, UNKNOWN } from "../../../plan/model.ts";
import { TYPE } from "../../../policies/facts/resource-types.ts";
import { Session } from "../../../policies/pack/session.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { FOREIGN_STACK, planOfCase, SENSIBLE } from "../foreign-programs.ts";
import { ADDRESSES, plans } from "../../infra/plans.ts";

/** Before one of these, the policy pack judges what was announced so far. */
const GUARDED: readonly string[] = [TYPE.runtime, TYPE.gatewayTarget, TYPE.deployment];

/** The stacks that have such resources. */
const GUARDED_STACKS = ADDRESSES.filter((it) => stackOf(plans.get(it)!.plan).guarded.length > 0);

/**
 * The engine creates what depends on nothing else in any order. What was announced before a guarded resource is at least what that one
 * depends on, and at most all that does not depend on it; a sound stack is refused in neither case, nor when nothing else that is guarded
 * has come.
 */
describe("a sound stack that is created in part", () => {
  it("has resources before which it is judged, in every kind of stack that has any", () => {
    expect(GUARDED_STACKS.length).toBeGreaterThan(6);
  });

  describe.each([
    ["with what these depend on", (it: PlannedResource, stack: Stack) => stack.neededBy([it])],
    ["with all but what depends on these", (it: PlannedResource, stack: Stack) => stack.without([it])],
    ["with all but what is guarded", (it: PlannedResource, stack: Stack) => stack.without(stack.guarded, it)],
  ])("%s", (_, before) => {
    it.each(GUARDED_STACKS)("is refused before no resource of %s", async (address) => {
      const stack = stackOf(plans.get(address)!.plan);
      for (const guarded of stack.guarded) await expectNoRefusal(address, [...before(guarded, stack), guarded], stack);
    });
  });
});

/** In the end the engine tells of every output but the ids, which it keeps to itself. */
describe("a sound stack of which everything is created", () => {
  it.each(ADDRESSES)("is found sound: %s", async (address) => {
    const stack = stackOf(plans.get(address)!.plan);
    const session = new Session(address, { dryRun: false, today: TODAY });
    const all = [...stack.byUrn.values()];
    for (const it of all) await session.announce(...announcedOf(it, stack));
    const concluded = session.conclude(
      all.map((it) => (it.custom ? { ...it, outputs: { ...it.outputs, id: UNKNOWN } } : it)),
    );
    expect(concluded.map(({ rule, message }) => `${rule.name}: ${message}`)).toEqual([]);
  });
});

/** There each resource that a rule is about is judged before it is created, with what has come by then. */
describe("a sound stack of others that is created in part", () => {
  it.each(Object.entries(SENSIBLE))("is refused before no resource: %s", async (_, program) => {
    const plan = await planOfCase(program);
    const stack = stackOf(plan);
    for (const it of plan.resources.filter(({ custom }) => custom)) {
      await expectNoRefusal(FOREIGN_STACK, [...stack.neededBy([it]), it], stack);
      await expectNoRefusal(FOREIGN_STACK, [...stack.without([it]), it], stack);
    }
  });
});

async function expectNoRefusal(name: string, order: readonly PlannedResource[], stack: Stack): Promise<void> {
  const session = new Session(name, { dryRun: false, today: TODAY });
  for (const it of order)
    expect(await session.announce(...announcedOf(it, stack)), `${order.at(-1)?.name}, before ${it.urn}`).toEqual([]);
}

interface Stack {
  readonly guarded: readonly PlannedResource[];
  readonly byUrn: ReadonlyMap<string, PlannedResource>;
  /** What must come before any of these, in the order of the program. */
  readonly neededBy: (them: readonly PlannedResource[]) => readonly PlannedResource[];
  /** All but these and what depends on them, and what one of them needs besides. */
  readonly without: (them: readonly PlannedResource[], but?: PlannedResource) => readonly PlannedResource[];
}

function stackOf({ resources }: Pick<Plan, "resources">): Stack {
  const byUrn = new Map(resources.map((it) => [it.urn, it]));
  const needs = new Map<string, ReadonlySet<string>>();
  for (const it of resources) {
    const direct = [it.parent, it.provider, ...it.dependencies].filter((urn) => urn !== undefined && byUrn.has(urn));
    needs.set(it.urn, new Set(direct.flatMap((urn) => [urn!, ...(needs.get(urn!) ?? [])])));
  }
  const needsOf = (it: PlannedResource): ReadonlySet<string> => needs.get(it.urn)!;
  return {
    guarded: resources.filter((it) => GUARDED.includes(it.type)),
    byUrn,
    neededBy: (them) => resources.filter((it) => them.some((one) => needsOf(one).has(it.urn))),
    without: (them, but) => {
      const gone = new Set(them.map((it) => it.urn));
      const stays = (it: PlannedResource): boolean =>
        !gone.has(it.urn) && them.every((one) => !needsOf(it).has(one.urn));
      return resources.filter((it) => stays(it) || (but !== undefined && needsOf(but).has(it.urn)));
    },
  };
}

/** A resource and its provider as the engine announces them: without outputs, and without what they depend on. */
function announcedOf(it: PlannedResource, { byUrn }: Stack): [PlannedResource, PlannedResource?] {
  const announced = ({ urn, type, name, custom, inputs, parent, provider }: PlannedResource): PlannedResource => ({
    ...{ urn, type, name, custom, inputs, dependencies: [] },
    ...(parent !== undefined && { parent }),
    ...(provider !== undefined && { provider }),
  });
  const provider = byUrn.get(it.provider ?? "");
  return provider === undefined ? [announced(it)] : [announced(it), announced(provider)];
}
