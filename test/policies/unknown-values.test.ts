import { describe, expect, it } from "vitest";
import { type Plan, type PlannedResource, UNKNOWN } from "../../plan/model.ts";
import { judge } from "../../policies/engine/judge.ts";
import type { Rule } from "../../policies/engine/rule.ts";
import { RULES } from "../../policies/rules.ts";
import { plans, XYZ } from "../infra/plans.ts";
import { TODAY } from "../support/rule-tester.ts";
import { type Edit, edited, set } from "./proofs/edits.ts";

const REGION = "production.eu-west-1";
const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const POD = ["spec", "template", "spec"] as const;
const ARTIFACT = ["agentRuntimeArtifact", "containerConfiguration"] as const;

/** What is changed of one resource of a type; nothing where the resource is left out. */
type Change = NonNullable<Edit["change"]> | undefined;

/** Breaches of each premise and of residency: the rule that says so, the stack, and what is done to one resource of a type. */
const BREACHES: readonly (readonly [rule: string, stack: string, type: string, change: Change])[] = [
  ["p1-gateways-authenticate-callers", XYZ, GATEWAY, set(["authorizerType"], "NONE")],
  ["p1-runtimes-refuse-other-callers", XYZ, "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy", undefined],
  ["p2-agents-have-their-own-identity", XYZ, DEPLOYMENT, set([...POD, "serviceAccountName"], "mcp")],
  ["p3-runtimes-run-in-the-vpc", XYZ, RUNTIME, set(["networkConfiguration", "networkMode"], "PUBLIC")],
  [
    "p3-cluster-endpoint-is-private",
    REGION,
    "aws:eks/cluster:Cluster",
    set(["vpcConfig", "endpointPublicAccess"], true),
  ],
  [
    "p4-realms-enforce-pkce",
    XYZ,
    "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy",
    undefined,
  ],
  ["p5-encryption-keys-rotate", XYZ, "aws:kms/key:Key", set(["enableKeyRotation"], false)],
  ["p5-namespaces-deny-by-default", XYZ, "kubernetes:networking.k8s.io/v1:NetworkPolicy", undefined],
  ["p6-images-are-pinned-by-digest", XYZ, RUNTIME, set([...ARTIFACT, "containerUri"], "a:latest")],
  ["p7-log-groups-keep-logs", XYZ, "aws:cloudwatch/logGroup:LogGroup", set(["retentionInDays"], 1)],
  ["p7-alerts-reach-somebody", "production.sa-east-1", "aws:sns/topicSubscription:TopicSubscription", undefined],
  ["p8-roles-stay-inside-the-boundary", XYZ, "aws:iam/role:Role", set(["permissionsBoundary"], undefined)],
  ["p8-only-what-is-understood-is-deployed", XYZ, "aws:dynamodb/table:Table", set(["replicaStrategy"], "all")],
  [
    "residency-no-payload-logs-in-the-eu",
    XYZ,
    "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    set(["logType"], "APPLICATION_LOGS"),
  ],
];

describe("a violation by one resource, while one value of the plan is not known", () => {
  it.each(BREACHES)("of %s in %s is never held", (name, stack, type, change) => {
    const rule = RULES.find((it) => it.name === name)!;
    const broken = brokenBy(rule, plans.get(stack)!.plan, type, change);
    const leaves = broken.resources.flatMap((it, at) => leavesOf(it).map((path) => ({ at, path })));
    // Of resources alike one is enough; of the types that are broken, each is tried.
    const kindOf = ({ at, path }: (typeof leaves)[number]): string => {
      const it = broken.resources[at]!;
      return [it.type, ...(it.type === type ? [it.name] : []), ...path].join(" ");
    };
    const once = new Map(leaves.map((it) => [kindOf(it), it]));
    expect(once.size).toBeGreaterThan(100);
    const hidden = [...once].filter(([, { at, path }]) => isHeld(rule, withUnknown(broken, at, path)));
    expect(hidden.map(([what]) => what)).toEqual([]);
  });
});

/** The plan with the first resource of the type changed whose change the rule refuses. */
function brokenBy(rule: Rule, plan: Plan, type: string, change: Change): Plan {
  for (const { name } of plan.resources.filter((it) => it.type === type)) {
    const [broken] = edited([plan], { type, name, ...(change && { change }) });
    if (broken !== undefined && !isHeld(rule, broken)) return broken;
  }
  throw new TypeError(`no ${type} can be broken so that ${rule.name} says so`);
}

function isHeld(rule: Rule, plan: Plan): boolean {
  const [verdict] = judge(plan, TODAY, [rule]).rules;
  return verdict!.violations.length + verdict!.undetermined.length === 0;
}

/** The paths of all values that hold no others. */
function leavesOf({ inputs }: PlannedResource): readonly (readonly string[])[] {
  const within = (value: unknown, path: readonly string[]): readonly (readonly string[])[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, it]) => within(it, [...path, key]))
      : [path];
  return within(inputs, []).filter((it) => it.length > 0);
}

function withUnknown(plan: Plan, at: number, path: readonly string[]): Plan {
  const replaced = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (key === undefined) return UNKNOWN;
    if (Array.isArray(value)) return value.map((it, i) => (String(i) === key ? replaced(it, rest) : (it as unknown)));
    const members = value as Readonly<Record<string, unknown>>;
    return { ...members, [key]: replaced(members[key], rest) };
  };
  const resources = plan.resources.map((it, i) =>
    i === at ? { ...it, inputs: replaced(it.inputs, path) as PlannedResource["inputs"] } : it,
  );
  return { ...plan, resources };
}
