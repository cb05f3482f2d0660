import { expect } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { judgeStack } from "../../../../policies/engine/judge.ts";
import type { Rule } from "../../../../policies/engine/rule.ts";
import { StackIndex } from "../../../../policies/engine/stack-index.ts";
import { planStacks } from "../../../../tools/offline-planner/plan.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { inAWorldOfItsOwn } from "../../synthetic/synthetic-environment.ts";
import { type Edit, edited, type Inputs } from "../../proofs/edits.ts";
import { withInternalApis } from "../../synthetic/internal-apis-environment.ts";

/** Types of what internal APIs are made of. */
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const RECORD = "aws:route53/record:Record";
export const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
export const ZONE = "aws:route53/zone:Zone";

/** The newest server of APIs, and the zone and the record of the first tenant's API. */
export const SERVER = "mcp-api-integration-v2";
export const NAME = "internal-api-first-inventory";

/** The stacks of the region and of its tenants. */
export const [REGION, FIRST, SECOND] = ["internal.eu-west-1", "internal.eu-west-1.first", "internal.eu-west-1.second"];

/** The environment as the only one that there is. */
export const { addresses, known } = inAWorldOfItsOwn(withInternalApis());
const all = await planStacks(addresses, { preview: "known", known });

/** The plans of its stacks. */
export const PLANS: readonly Plan[] = all.map(({ plan }) => plan);

/** The plan of a stack. */
export const planOf = (stack: string): Plan => PLANS.find((it) => it.stack === stack)!;

/** What a rule says of a stack after an edit. */
export function said(stack: string, edit: Edit, rule: Rule): readonly string[] {
  const [plan] = edited([planOf(stack)], edit);
  const [verdict] = judgeStack(new StackIndex(plan!, TODAY, known), [rule]).rules;
  expect(verdict?.undetermined).toEqual([]);
  return verdict?.violations.map(({ message }) => message) ?? [];
}

/** One way out more of the security group of a workload. */
export function lets(name: string, way: object): Edit {
  const change = (inputs: Inputs): void => {
    const https = { protocol: "tcp", fromPort: 443, toPort: 443, description: "attack" };
    inputs["egress"] = [...(inputs["egress"] as object[]), { ...https, ...way }];
  };
  return { type: GROUP, name, change };
}

/** The inputs of a resource of a stack. */
export function inputsOf(stack: string, type: string, name: string): Readonly<Record<string, unknown>> {
  return planOf(stack).resources.find((it) => it.type === type && it.name === name)!.inputs;
}

/** What the server of a stack is told of its APIs. */
export function backendsOf(stack: string): Readonly<Record<string, unknown>> {
  const { environmentVariables } = inputsOf(stack, RUNTIME, SERVER) as {
    environmentVariables: { BACKENDS: string };
  };
  return JSON.parse(environmentVariables.BACKENDS) as Readonly<Record<string, unknown>>;
}
