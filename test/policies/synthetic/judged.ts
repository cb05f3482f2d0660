import type { Environment } from "../../../environments/schema.ts";
import { judgeStack } from "../../../policies/engine/judge.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { prove } from "../../../policies/engine/proof.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { planStacks } from "../../../tools/offline-planner/plan.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { inAWorldOfItsOwn } from "./synthetic-environment.ts";

/** What every rule and every proof says of an environment. */
export interface Judged {
  /** One line for each violation and each doubt, with the name of its rule or proof. */
  readonly findings: readonly string[];
  /** How often a rule was about a resource. */
  readonly judged: number;
  /** What the proofs went through, by its name. */
  readonly enumerated: ReadonlyMap<string, number>;
}

/** Plans all stacks of the environment without an engine, and judges them by every rule and proof. */
export async function judgedWhole(it: Environment): Promise<Judged> {
  const { addresses, known } = inAWorldOfItsOwn(it);
  const plans = await planStacks(addresses, { preview: "known", known });
  const platform = new Platform(
    plans.map(({ plan }) => plan),
    TODAY,
    known,
  );
  const rules = platform.stacks.flatMap((stack) => judgeStack(stack).rules);
  const proofs = prove(platform, PROOFS);
  return {
    findings: [
      ...rules.flatMap(({ rule, violations, undetermined }) => [...violations, ...undetermined].map(lineOf(rule.name))),
      ...proofs.flatMap(({ proof, violations, undetermined }) =>
        [...violations, ...undetermined].map(lineOf(proof.name)),
      ),
    ],
    judged: rules.reduce((sum, { judged }) => sum + judged, 0),
    enumerated: new Map(proofs.flatMap(({ enumerated }) => enumerated.map(({ what, count }) => [what, count]))),
  };
}

function lineOf(name: string): (finding: { readonly message: string }) => string {
  return ({ message }) => `${name}: ${message}`;
}
