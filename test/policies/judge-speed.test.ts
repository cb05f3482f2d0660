import { expect, it } from "vitest";
import { judge } from "../../policies/judge.ts";
import { UNKNOWN, type Plan, type PlannedResource } from "../../policies/model.ts";
import { type Described, planOf, policyOfText, urnOf } from "./programs.ts";

/** A stack in which every ten resources are a runtime and an agent with what belongs to them; one part in ten is unknown. */
function stackOf(size: number): Plan {
  return planOf(...Array.from({ length: size / 10 }, (_, i) => part(i, i % 10 === 0 ? UNKNOWN : undefined)).flat());
}

function part(i: number, unknown: unknown): Described[] {
  const name = `it-${i}`;
  const [role, runtime] = ["aws:iam/role:Role", "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime"];
  const from = (input: string, type: string): Pick<PlannedResource, "propertyDependencies"> => ({
    propertyDependencies: { [input]: [urnOf(type, name)] },
  });
  const reads = { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${name}/*` };
  const calls = { ...reads, Action: "bedrock-agentcore:InvokeAgentRuntime", Resource: `arn:aws:x:::runtime/${name}` };
  const invoke = { policy: unknown ?? policyOfText(calls) };
  return [
    { type: role, name, inputs: { assumeRolePolicy: policyOfText() } },
    {
      type: runtime,
      name,
      inputs: { agentRuntimeName: name, networkConfiguration: unknown },
      ...from("roleArn", role),
    },
    { type: "aws:iam/rolePolicy:RolePolicy", name, inputs: invoke, ...from("role", role) },
    { type: "aws:iam/rolePolicy:RolePolicy", name: `${name}-b`, inputs: { policy: policyOfText(reads) } },
    { type: "aws:cloudwatch/logGroup:LogGroup", name, inputs: { retentionInDays: 365, kmsKeyId: unknown } },
    { type: "aws:cloudwatch/logDeliverySource:LogDeliverySource", name, ...from("resourceArn", runtime) },
    { type: "aws:ec2/subnet:Subnet", name },
    { type: "kubernetes:apps/v1:Deployment", name, inputs: { metadata: { name, namespace: "n" } } },
    { type: "aws:eks/podIdentityAssociation:PodIdentityAssociation", name, inputs: { serviceAccount: name } },
    { type: "aws:ec2/routeTable:RouteTable", name },
  ];
}

/** The median of some runs, in processor time: what else the machine does is not counted. */
function millisecondsFor(plan: Plan): number {
  const times = Array.from({ length: 9 }, () => {
    const began = process.cpuUsage();
    judge(plan);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  });
  return times.toSorted((a, b) => a - b)[4] ?? Number.NaN;
}

it("judges 2,000 resources in a quarter of a second, and ten times as many in at most twelve times that", () => {
  const [small, large] = [millisecondsFor(stackOf(2_000)), millisecondsFor(stackOf(20_000))];
  expect(small).toBeLessThan(250);
  expect(large / small).toBeLessThan(12);
});
