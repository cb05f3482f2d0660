import { isOfPlatform } from "../../environments/address.ts";
import type { Day } from "../../contracts/day.ts";
import type { Verdict } from "../engine/judge.ts";
import type { ProvedPlan } from "../../plan/loaders/proved-plan.ts";
import type { Plan, PlannedResource } from "../../plan/model.ts";
import { TYPE } from "../facts/resource-types.ts";
import { JudgedPlan } from "./deviation.ts";
import type { Rule } from "../engine/rule.ts";
import { RULES } from "../rules.ts";
import { type Exempted, judgeExempting } from "../exemptions/exempting.ts";
import {
  diagnosticsOfExemptions,
  diagnosticsOfPreview,
  diagnosticsOfUpdate,
  refusalsByProofs,
  refusalsOf,
  refusalsOfWhole,
  type Diagnostic,
} from "./diagnostics.ts";
import { type Levels, rulesOf } from "./policy-config.ts";

/** Types of MCP services and agents: before one of these is created, everything announced so far is judged as well. */
const GUARDED: readonly string[] = [TYPE.runtime, TYPE.gatewayTarget, TYPE.deployment];

/** The types that are judged before they are created where no plan was: all that rules judge in stacks of others. */
const JUDGED_ELSEWHERE: readonly string[] = RULES.flatMap(({ foreign = [], subjects }) =>
  foreign === "all" ? subjects.types : foreign,
);

/** Makes the whole plan of a stack, and proves over its environment, before its first resource is created; `undefined` for a stack whose name is no address of ours. */
export type WholePlanOf = (stack: string) => Promise<ProvedPlan | undefined>;

/** Why the stack is refused as a whole: its plan could not be made, or what comes is not what was judged. */
export interface PlanFailure {
  readonly failure: string;
}

/** Why a resource may not be created; an empty list where it may. */
export type Refusal = readonly Diagnostic[] | PlanFailure;

/** One operation (preview or update) on one stack, as the engine reports it to a policy pack. */
export class Session {
  readonly #stack: string;
  readonly #dryRun: boolean;
  readonly #today: Day;
  readonly #wholePlanOf: WholePlanOf | undefined;
  readonly #seen = new Map<string, PlannedResource>();
  readonly #judged = new Set<string>();
  #rules: readonly Rule[];
  #gate: Promise<Refusal> | undefined;
  #plan: JudgedPlan | undefined;

  /** `today` is the day of the whole operation, also where that goes on past midnight. */
  constructor(
    stack: string,
    { dryRun, today, wholePlanOf }: { dryRun: boolean; today: Day; wholePlanOf?: WholePlanOf | undefined },
  ) {
    this.#stack = stack;
    this.#today = today;
    this.#dryRun = dryRun;
    this.#wholePlanOf = wholePlanOf;
    this.#rules = rulesOf(stack, new Map());
  }

  /** Takes the configured levels of rules, which count where the stack is not of this platform. */
  configure(levels: Levels): void {
    this.#rules = rulesOf(this.#stack, levels);
  }

  /** Why the resource may not be created; always empty in a preview, which is judged as a whole at its end. */
  async announce(resource: PlannedResource, provider?: PlannedResource): Promise<Refusal> {
    if (provider !== undefined && !this.#seen.has(provider.urn)) this.#seen.set(provider.urn, provider);
    this.#seen.set(resource.urn, resource);
    if (this.#dryRun) return [];
    const refusal = await (this.#gate ??= this.#judgeWhole());
    if ("failure" in refusal || refusal.length > 0) return refusal;
    const failure = this.#plan?.deviationOf(resource);
    if (failure !== undefined) return { failure };
    return this.#isGuarded(resource.type) ? this.#judgeSeen() : [];
  }

  /** In a stack of this platform the whole plan is judged already. */
  #isGuarded(type: string): boolean {
    if (GUARDED.includes(type)) return true;
    if (isOfPlatform(this.#stack)) return false;
    return JUDGED_ELSEWHERE.some((it) => it === type || (it.endsWith("*") && type.startsWith(it.slice(0, -1))));
  }

  /** The messages about the stack after all of it is registered; by then it exists, unless this is a preview. */
  conclude(registered: readonly PlannedResource[]): readonly Diagnostic[] {
    const resources = registered.map((it) => {
      const seen = this.#seen.get(it.urn);
      return seen === undefined ? it : { ...it, custom: seen.custom, inputs: seen.inputs };
    });
    const known = new Set(resources.map(({ urn }) => urn));
    const providers = [...this.#seen.values()].filter(
      (it) => it.type.startsWith("pulumi:providers:") && !known.has(it.urn),
    );
    const { verdict, ...exemptions } = this.#judge({ complete: true, resources: [...providers, ...resources] });
    return [
      ...(this.#dryRun ? diagnosticsOfPreview(verdict) : diagnosticsOfUpdate(verdict)),
      ...diagnosticsOfExemptions(exemptions),
    ];
  }

  async #judgeWhole(): Promise<Refusal> {
    try {
      const proved = await this.#wholePlanOf?.(this.#stack);
      if (proved === undefined) return [];
      this.#plan = new JudgedPlan(proved.plan);
      const { verdict, faults } = this.#judge({ ...proved.plan, complete: true });
      return [...refusalsOfWhole(verdict, faults), ...refusalsByProofs(proved.refutations)];
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Judges the resources announced since the last guarded one, with all that were announced before them as context. */
  #judgeSeen(): readonly Diagnostic[] {
    const resources = [...this.#seen.values()];
    const isNew = (urn: string): boolean => !this.#judged.has(urn);
    const refusals = refusalsOf(this.#judge({ complete: false, resources }, isNew).verdict);
    if (refusals.length === 0) for (const { urn } of resources) this.#judged.add(urn);
    return refusals;
  }

  #judge(
    plan: Omit<Plan, "stack">,
    among?: (urn: string) => boolean,
  ): Omit<Exempted, "verdicts"> & { verdict: Verdict } {
    const options = { rules: this.#rules, ...(among !== undefined && { among }) };
    const { verdicts, ...exemptions } = judgeExempting([{ ...plan, stack: this.#stack }], this.#today, options);
    const [verdict] = verdicts;
    if (verdict === undefined) throw new TypeError("the judge must answer for the stack");
    return { verdict, ...exemptions };
  }
}
