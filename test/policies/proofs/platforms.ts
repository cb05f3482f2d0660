import { Platform } from "../../../policies/engine/platform.ts";
import { type Proof, type ProofVerdict, prove } from "../../../policies/engine/proof.ts";
import type { Plan } from "../../../plan/model.ts";
import { planProgram } from "../../../tools/offline-planner/plan.ts";
import { TODAY } from "../../support/rule-tester.ts";
import type { Described } from "../programs.ts";

/** Stacks of the shipped data, and two tenants in one region. */
export const ACME = "production.us-east-1.acme-corp";
export const XYZ = "production.eu-west-1.xyz-gmbh";
export const XYZ_STANDBY = "production.eu-central-1.xyz-gmbh";
export const NEIGHBOUR = "production.us-east-1.neighbour";
export const US_EAST = "production.us-east-1";

/** The plan of a small program under a stack's name. */
export async function planned(stack: string, program: () => unknown): Promise<Plan> {
  const run = async (): Promise<void> => {
    await program();
  };
  return (await planProgram(run, { stack })).plan;
}

/** A plan as data. */
export function planIn(stack: string, ...resources: readonly Described[]): Plan {
  return {
    stack,
    complete: true,
    resources: resources.map((it) => ({
      urn: `urn:pulumi:${stack}::alicerce::${it.type}::${it.name}`,
      custom: true,
      inputs: {},
      dependencies: [],
      propertyDependencies: {},
      ...it,
    })),
  };
}

/** What a proof says of plans together. */
export function verdictOf(proof: Proof, ...plans: readonly Plan[]): ProofVerdict {
  const [verdict] = prove(new Platform(plans, TODAY), [proof]);
  if (verdict === undefined) throw new Error("a proof must answer");
  return verdict;
}

/** Each violation with its way, as text. */
export function waysOf({ violations, undetermined }: ProofVerdict): readonly string[] {
  return [...violations, ...undetermined].map(({ message, steps }) => [message, ...steps].join("\n"));
}
