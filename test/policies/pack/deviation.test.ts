import { describe, expect, test } from "vitest";
import { type PlannedResource, UNKNOWN } from "../../../plan/model.ts";
import { JudgedPlan } from "../../../policies/pack/deviation.ts";

const urn = (type: string, name: string) => `urn:pulumi:development::alicerce::${type}::${name}`;
const ROLE_URN = urn("aws:iam/role:Role", "role");
const REF_URN = urn("pulumi:pulumi:StackReference", "production");
const ARN = "arn:aws:iam::111111111111:role/agent-1a2b3c";

function resource(type: string, name: string, more: Partial<PlannedResource>): PlannedResource {
  return { urn: urn(type, name), type, name, custom: true, inputs: {}, dependencies: [], ...more };
}

const role = resource("aws:iam/role:Role", "role", { outputs: { arn: ARN, tags: { kind: "agent" } } });
const reference = resource("pulumi:pulumi:StackReference", "production", {
  outputs: { outputs: { subnets: ["subnet-1", "subnet-2"], port: 5432 } },
});
const policy = (document: object, more: Partial<PlannedResource> = {}) =>
  resource("aws:iam/rolePolicy:RolePolicy", "policy", { inputs: { policy: JSON.stringify(document), ...more.inputs } });
const planned = {
  ...policy({ Action: "s3:GetObject", Resource: ARN }, { inputs: { role: ARN, name: "policy" } }),
  propertyDependencies: { policy: [ROLE_URN], role: [ROLE_URN], name: [] },
};
const group = resource("aws:rds/subnetGroup:SubnetGroup", "group", {
  inputs: { subnetIds: ["subnet-1", "subnet-2"], port: 5432, description: "of the database" },
  propertyDependencies: { subnetIds: [REF_URN], port: [REF_URN] },
});
const component = { ...resource("alicerce:identity:Agent", "agent", {}), custom: false };
const judged = new JudgedPlan({
  stack: "development",
  complete: true,
  resources: [role, reference, planned, group, component],
});

const deviates = (name: string, path: string) =>
  `"${name}" must be what was judged: its ${path} is another one than in the plan.`;
const with_ = (it: PlannedResource, inputs: Readonly<Record<string, unknown>>): PlannedResource => ({
  ...it,
  inputs: { ...it.inputs, ...inputs },
});

describe("what comes as it was judged", () => {
  test.each<[string, PlannedResource]>([
    ["with the very same inputs", planned],
    ["a component, whose inputs nobody keeps", with_(component, { anything: 1 })],
    ["with what a resource has computed", with_(planned, { role: "arn:aws:iam::222222222222:role/agent-9z" })],
    [
      "with what a resource has computed within a text",
      with_(planned, { policy: JSON.stringify({ Action: "s3:GetObject", Resource: "arn:aws:iam::2:role/x" }) }),
    ],
    ["with a list of another stack's outputs", with_(group, { subnetIds: ["subnet-7", "subnet-8", "subnet-9"] })],
    ["with a number of another stack's outputs", with_(group, { port: "6432" })],
    ["with a number as text", with_(group, { port: "5432" })],
    ["the provider by which the engine reads other stacks", resource("pulumi:providers:pulumi", "default", {})],
    ["with notes of the engine", with_(group, { __defaults: ["name"] })],
  ])("%s", (_, announced) => {
    expect(judged.deviationOf(announced)).toBeUndefined();
  });

  test("where the plan does not know", () => {
    const plan = new JudgedPlan({ stack: "development", complete: true, resources: [with_(group, { port: UNKNOWN })] });
    expect(plan.deviationOf(with_(group, { port: 1 }))).toBeUndefined();
  });
});

describe("what deviates is told without its value", () => {
  test.each<[string, PlannedResource, string]>([
    ["another text", with_(planned, { name: "hunter2" }), deviates("policy", "name")],
    [
      "an action beside a computed part",
      with_(planned, { policy: JSON.stringify({ Action: "s3:*", Resource: ARN }) }),
      deviates("policy", "policy"),
    ],
    [
      "one more statement",
      with_(planned, { policy: `${JSON.stringify({ Action: "s3:GetObject", Resource: ARN })} ` }),
      deviates("policy", "policy"),
    ],
    [
      "another provider, which may be of another region or account",
      { ...group, provider: urn("pulumi:providers:aws", "other") },
      deviates("group", "provider"),
    ],
    ["an input more", with_(group, { publiclyAccessible: true }), deviates("group", "publiclyAccessible")],
    ["an input less", with_(group, { description: undefined }), deviates("group", "description")],
    ["nothing where a computed value was", with_(planned, { role: undefined }), deviates("policy", "role")],
    ["a text where a computed list was", with_(group, { subnetIds: "subnet-1" }), deviates("group", "subnetIds")],
    ["an item more", with_(group, { description: ["a"] }), deviates("group", "description")],
  ])("%s", (_, announced, message) => {
    expect(judged.deviationOf(announced)).toBe(message);
  });

  test("a resource that the plan does not have", () => {
    expect(judged.deviationOf(resource("aws:s3/bucket:Bucket", "more", {}))).toBe(
      '"more" (aws:s3/bucket:Bucket) must be in the plan that was judged: the program asks for something else now.',
    );
  });
});
