import * as aws from "@pulumi/aws";
import pulumi from "@pulumi/pulumi";
import { planProgram, PlanError, type StackPlan } from "../../../tools/offline-planner/plan.ts";
import type { Program } from "../../../tools/offline-planner/run-program.ts";

/** The account and stack in which small programs are planned. */
export const ACCOUNT = "111122223333";
export const STACK = "production.eu-west-1";

/** A resource of any token with any inputs, as a program in plain JavaScript could register it. */
export class Anything extends pulumi.CustomResource {}

/** The options of a program's resources: an AWS provider of its own, of `region`. */
export function served(region: aws.Region = "eu-west-1", name = "aws"): { readonly provider: aws.Provider } {
  return { provider: new aws.Provider(name, { region, allowedAccountIds: [ACCOUNT] }) };
}

/** Why a program cannot be planned; throws when it can. */
export async function refusal(program: Program, preview: "known" | "realistic" = "known"): Promise<PlanError> {
  try {
    await planProgram(program, { stack: STACK, preview });
  } catch (error) {
    if (error instanceof PlanError) return error;
    throw error;
  }
  throw new Error("the program was planned");
}

/** The inputs of the one resource of this name in a plan. */
export function inputsOf({ plan }: StackPlan, name: string): Readonly<Record<string, unknown>> {
  const [found, ...others] = plan.resources.filter((it) => it.name === name);
  if (found === undefined || others.length > 0) throw new Error(`not exactly one "${name}"`);
  return found.inputs;
}
