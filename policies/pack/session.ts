import type { Day } from "../../contracts/day.ts";
import { judge } from "../engine/judge.ts";
import type { Plan, PlannedResource } from "../../plan/model.ts";
import { TYPE } from "../facts/resource-types.ts";
import { RULES } from "../rules.ts";
import {
  diagnosticsOfPreview,
  diagnosticsOfUpdate,
  refusalsOf,
  refusalsOfWhole,
  type Diagnostic,
} from "./diagnostics.ts";

/** What must not come to be in a stack that breaks a premise. */
const GUARDED: readonly string[] = [TYPE.runtime, TYPE.gatewayTarget, TYPE.deployment];

/** Finds the whole plan of a stack before its first resource is created; `undefined` for a stack that is none of ours. */
export type WholePlanOf = (stack: string) => Promise<Plan | undefined>;

/** A plan that could not be had, which refuses the stack: the reason is the error's message. */
export interface PlanFailure {
  readonly failure: string;
}

/** What a gate says before anything is created. */
export type Refusal = readonly Diagnostic[] | PlanFailure;

/** One operation on one stack, as the engine tells it to a policy pack. */
export class Session {
  readonly #stack: string;
  readonly #dryRun: boolean;
  readonly #today: Day;
  readonly #wholePlanOf: WholePlanOf | undefined;
  readonly #seen = new Map<string, PlannedResource>();
  readonly #judged = new Set<string>();
  #gate: Promise<Refusal> | undefined;

  /** `today` is the day of the whole operation, also where that goes on past midnight. */
  constructor(
    stack: string,
    { dryRun, today, wholePlanOf }: { dryRun: boolean; today: Day; wholePlanOf?: WholePlanOf | undefined },
  ) {
    this.#stack = stack;
    this.#today = today;
    this.#dryRun = dryRun;
    this.#wholePlanOf = wholePlanOf;
  }

  /** Whether the resource may be created; a preview is judged as a whole at its end. */
  async announce(resource: PlannedResource, provider?: PlannedResource): Promise<Refusal> {
    if (provider !== undefined && !this.#seen.has(provider.urn)) this.#seen.set(provider.urn, provider);
    this.#seen.set(resource.urn, resource);
    if (this.#dryRun) return [];
    const refusal = await (this.#gate ??= this.#judgeWhole());
    if ("failure" in refusal || refusal.length > 0) return refusal;
    return GUARDED.includes(resource.type) ? this.#judgeSeen() : [];
  }

  /** What is to be said of the stack once all of it is registered: by then it exists, unless this is a preview. */
  conclude(registered: readonly PlannedResource[]): readonly Diagnostic[] {
    const resources = registered.map((it) => {
      const seen = this.#seen.get(it.urn);
      return seen === undefined ? it : { ...it, custom: seen.custom, inputs: seen.inputs };
    });
    const known = new Set(resources.map(({ urn }) => urn));
    const providers = [...this.#seen.values()].filter(
      (it) => it.type.startsWith("pulumi:providers:") && !known.has(it.urn),
    );
    const verdict = judge({ stack: this.#stack, complete: true, resources: [...providers, ...resources] }, this.#today);
    return this.#dryRun ? diagnosticsOfPreview(verdict) : diagnosticsOfUpdate(verdict);
  }

  async #judgeWhole(): Promise<Refusal> {
    try {
      const plan = await this.#wholePlanOf?.(this.#stack);
      return plan === undefined
        ? []
        : refusalsOfWhole(judge({ ...plan, stack: this.#stack, complete: true }, this.#today));
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Judges what has come since the last guarded resource, in the light of everything that has come. */
  #judgeSeen(): readonly Diagnostic[] {
    const resources = [...this.#seen.values()];
    const isNew = (urn: string): boolean => !this.#judged.has(urn);
    const refusals = refusalsOf(judge({ stack: this.#stack, complete: false, resources }, this.#today, RULES, isNew));
    if (refusals.length === 0) for (const { urn } of resources) this.#judged.add(urn);
    return refusals;
  }
}
