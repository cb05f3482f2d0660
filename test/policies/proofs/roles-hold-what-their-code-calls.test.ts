import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../plan/model.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { rolesHoldWhatTheirCodeCalls as proven } from "../../../policies/proofs/roles-hold-what-their-code-calls.ts";
import { plansOfAllEnvironments } from "./all-environments.ts";
import { type Edit, edited, type Inputs, set, statementsIn, withoutAction } from "./edits.ts";
import { verdictOf, waysOf, XYZ } from "./platforms.ts";

const GRANT = "aws:iam/rolePolicy:RolePolicy";
const FUNCTION = "aws:lambda/function:Function";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

/** What is found after an edit, in the stacks of one tenant and what they read from. */
function found(edit: Edit): readonly string[] {
  const plans = (all.get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
  return waysOf(verdictOf(proven, ...edited(plans, edit)));
}

const granting = (name: string, action: string): Edit => ({
  type: GRANT,
  name,
  change: statementsIn("policy", (statements) => [...statements, { Effect: "Allow", Action: [action], Resource: "*" }]),
});

const lacking = (name: string, action: string): Edit => ({
  type: GRANT,
  name,
  change: withoutAction("policy", action),
});

it("holds in every environment, which has functions and runtimes", () => {
  for (const plans of all.values()) {
    const verdict = verdictOf(proven, ...plans);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated.find((it) => it.what === "called actions")?.count).toBeGreaterThan(5);
  }
});

it("finds a table and a queue of which a workload is not told, whatever its code calls", () => {
  const arnOf = (name: string): string => {
    const plan = all.get("production")?.find(({ stack }) => stack === XYZ);
    return String(
      plan?.resources.find((it) => it.name === name && it.type === "aws:dynamodb/table:Table")?.outputs?.["arn"],
    );
  };
  const granted = (name: string, of: string): Edit => ({
    type: GRANT,
    name,
    change: (inputs) => (inputs["policy"] = String(inputs["policy"]).replace(/arn:aws:(?:dynamodb|sqs):[^"]+/, of)),
  });
  const table = arnOf("agent-data-transformer-events");
  expect(found(granted("agent-coordinator-tasks", table)).join("\n")).toContain(
    '"agent-coordinator-tasks" must not grant "agent-data-transformer-events": no workload of "agent-coordinator" is told of it.',
  );
});

describe("a grant that nobody calls is found", () => {
  it.each([
    ["another action on the same store", "mcp-files-v1-calls-1", "s3:DeleteObject", "mcp-files"],
    ["an action of another server", "mcp-files-v1-calls-1", "dynamodb:GetItem", "mcp-files"],
    ["every action of a service", "mcp-files-v1-calls-1", "s3:*", "mcp-files"],
    ["every action", "mcp-files-v1-calls-1", "*", "mcp-files"],
    ["what a function needs of a runtime", "mcp-files-v1", "ec2:CreateNetworkInterface", "mcp-files"],
    ["what a runtime needs of a function", "interceptor-internal-table", "ecr:BatchGetImage", "gateway-interceptor"],
    ["writing where it reads", "interceptor-internal-table", "dynamodb:PutItem", "gateway-interceptor"],
    ["a key that signs", "agent-coordinator-token-secret", "kms:Sign", "agent-token"],
    ["another tenant's function, for a pod", "agent-coordinator-asks", "lambda:ListFunctions", "agent-coordinator"],
    ["what a pod's nodes do and not the pod", "agent-coordinator", "ecr:BatchGetImage", "agent-coordinator"],
    [
      "a runtime, for an agent whose peers are pods",
      "agent-coordinator",
      "bedrock-agentcore:InvokeAgentRuntime",
      "agent-coordinator",
    ],
    ["the queues of others, for a pod", "agent-coordinator", "sqs:ListQueues", "agent-coordinator"],
    ["grants of a key, for a BFF", "bff-b2b-signs", "kms:CreateGrant", "bff-b2b"],
    ["runtimes, for a BFF whose agents are pods", "bff-b2b-asks", "bedrock-agentcore:InvokeAgentRuntime", "bff-b2b"],
    ["more than a login, for Keycloak", "keycloak-connects", "rds:DescribeDBClusters", "keycloak"],
  ])("%s", (_, name, action, bundle) => {
    const [way, ...others] = found(granting(name, action));
    expect(others).toEqual([]);
    expect(way).toContain(`"${name}" must not grant ${action}: nobody calls it.`);
    expect(way).toContain(`No file of ${bundle} calls ${action}`);
  });

  it("everything but one action", () => {
    const edit: Edit = {
      type: GRANT,
      name: "mcp-files-v1-calls-1",
      change: statementsIn("policy", (of) => [...of, { Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }]),
    };
    expect(found(edit).join("\n")).toContain('"mcp-files-v1-calls-1" must not grant *: nobody calls it.');
  });

  it("in the role itself", () => {
    const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sns:Publish", Resource: "*" }] });
    const edit: Edit = {
      type: "aws:iam/role:Role",
      name: "token-claims",
      change: (inputs) => (inputs["inlinePolicies"] = [{ name: "more", policy }]),
    };
    expect(found(edit).join("\n")).toContain('"token-claims" must not grant sns:Publish: nobody calls it.');
  });
});

describe("a call that is not granted is found, with the file that makes it", () => {
  it.each([
    ["mcp-files-v1-calls-1", "s3:PutObject", "services/mcp/files/store/s3-store.ts calls s3:PutObject."],
    [
      "interceptor-internal-context",
      "kms:Sign",
      "services/libraries/service-kit/tokens/kms-signature.ts calls kms:Sign.",
    ],
    ["mcp-development-v1-reads", "logs:FilterLogEvents", "services/mcp/development/sources/cloudwatch-logs.ts calls"],
    ["mcp-database-v1-calls-2", "rds-db:connect", "the contract of database 1 calls rds-db:connect."],
    ["agent-coordinator", "bedrock:InvokeModel", "services/libraries/agent-loop/model/model-of.ts calls bedrock:"],
    ["agent-coordinator-asks", "lambda:InvokeFunction", "calls lambda:InvokeFunction."],
    ["keycloak-connects", "rds-db:connect", "the Keycloak's database URL calls rds-db:connect."],
  ])("%s without %s", (name, action, file) => {
    const [way, ...others] = found(lacking(name, action));
    expect(others).toEqual([]);
    expect(way).toContain(`must be granted ${action}, which its code calls.`);
    expect(way).toContain(file);
  });

  it("also where the boundary takes it away", () => {
    const edit: Edit = {
      type: "aws:iam/policy:Policy",
      name: "boundary",
      change: withoutAction("policy", "kms:Sign"),
    };
    expect(found(edit).join("\n")).toContain("must be granted kms:Sign by its boundary, which its code calls.");
  });
});

describe("code that is not known is found", () => {
  it.each<[string, unknown]>([
    ["of another folder", { assets: { "index.mjs": { path: "/tmp/index.mjs" } } }],
    ["in the plan itself", { assets: { "index.mjs": { text: "export {}" } } }],
    ["in a bucket", undefined],
  ])("%s, in a function", (_, code) => {
    const ways = found({ type: FUNCTION, name: "token-claims", change: (inputs) => (inputs["code"] = code) });
    expect(ways).toEqual(['"token-claims" must run a bundle of services/, so that its AWS calls are known.']);
  });

  it("in an image of somebody else", () => {
    const path = ["agentRuntimeArtifact", "containerConfiguration", "containerUri"] as const;
    const ways = found({
      type: RUNTIME,
      name: "mcp-files-v1",
      change: set(path, "docker.io/alicerce/mcp-other@sha256:0"),
    });
    expect(ways.join("\n")).toContain('"mcp-files-v1" must run a bundle of services/');
  });

  it.each([
    ["in a pod, in an image of somebody else", "docker.io/alicerce/agent-other@sha256:0"],
    [
      "in a pod, in an image of ours without a digest",
      "111122223333.dkr.ecr.eu-west-1.amazonaws.com/alicerce/agent-coordinator:1",
    ],
  ])("%s", (_, image) => {
    const path = ["spec", "template", "spec", "containers", "0", "image"] as const;
    const ways = found({ type: DEPLOYMENT, name: "agent-coordinator", change: set(path, image) });
    expect(ways.join("\n")).toContain('"agent-coordinator" must run a bundle of services/');
  });

  it("in a second container of a pod", () => {
    const add = (inputs: Inputs): void => {
      const { spec } = inputs as { spec: { template: { spec: { containers: Inputs[] } } } };
      spec.template.spec.containers.push({ name: "other", image: "docker.io/other/other@sha256:0" });
    };
    const ways = found({ type: DEPLOYMENT, name: "agent-coordinator", change: add });
    expect(ways.join("\n")).toContain('"agent-coordinator" must run a bundle of services/');
  });

  it("in a pod that has no role", () => {
    const ways = found({ type: "aws:eks/podIdentityAssociation:PodIdentityAssociation", name: "agent-coordinator" });
    expect(ways.join("\n")).toContain('"agent-coordinator" must run as a role that a plan declares.');
  });

  it("where it is not known yet", () => {
    const ways = found({ type: FUNCTION, name: "token-claims", change: (inputs) => (inputs["code"] = UNKNOWN) });
    expect(ways).toEqual(['"token-claims" cannot be judged before this is known: code.']);
  });
});
