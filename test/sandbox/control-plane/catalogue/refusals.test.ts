import { beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import { ensureCatalogue, type Catalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { checkProperty } from "../../../../sandbox/control-plane/catalogue/check.ts";
import { runtime } from "./agentcore-inputs.ts";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const VPC = "aws:ec2/vpc:Vpc";

const REFUSED: [string, string, Record<string, unknown>, string, string][] = [
  ["an unknown property", VPC, { cidrBlok: "10.0.0.0/16" }, "cidrBlok", "unknown property; similar: cidrBlock"],
  ["a property that is only an output", VPC, { ownerId: "1" }, "ownerId", "unknown property"],
  ["a name that objects inherit", VPC, { constructor: "x" }, "constructor", "unknown property"],
  ["text for a boolean", VPC, { enableDnsSupport: "true" }, "enableDnsSupport", "must be a boolean, not a string"],
  [
    "text for a number",
    "aws:kms/key:Key",
    { deletionWindowInDays: "30" },
    "deletionWindowInDays",
    "must be a number, not a string",
  ],
  ["a number for text", VPC, { cidrBlock: 10 }, "cidrBlock", "must be a string, not a number"],
  ["an object for text", VPC, { cidrBlock: {} }, "cidrBlock", "must be a string, not an object"],
  [
    "text for a list",
    "aws:eks/cluster:Cluster",
    cluster({ enabledClusterLogTypes: "audit" }),
    "enabledClusterLogTypes",
    "must be an array, not a string",
  ],
  [
    "a list with an element of another type",
    "aws:eks/cluster:Cluster",
    cluster({ enabledClusterLogTypes: ["audit", 1] }),
    "enabledClusterLogTypes[1]",
    "must be a string, not a number",
  ],
  [
    "a map with a value of another type",
    VPC,
    { tags: { ok: "x", bad: true } },
    'tags["bad"]',
    "must be a string, not a boolean",
  ],
  ["a list for a map", VPC, { tags: ["x"] }, "tags", "must be an object, not an array"],
  [
    "a fraction for a whole number",
    "aws:ec2/flowLog:FlowLog",
    { maxAggregationInterval: 1.5 },
    "maxAggregationInterval",
    "must be a whole number, not a fraction",
  ],
  [
    "a value that is not allowed",
    "aws:ecr/repository:Repository",
    { imageTagMutability: "FROZEN" },
    "imageTagMutability",
    'must be one of MUTABLE, IMMUTABLE, MUTABLE_WITH_EXCLUSION, IMMUTABLE_WITH_EXCLUSION, not "FROZEN"',
  ],
  [
    "a number that is not allowed",
    "aws:cloudwatch/logGroup:LogGroup",
    { retentionInDays: 366 },
    "retentionInDays",
    "must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, not 366",
  ],
  ["a missing required property", "aws:kms/replicaKey:ReplicaKey", {}, "primaryKeyArn", "missing required property"],
  [
    "a required property that is null",
    "aws:kms/replicaKey:ReplicaKey",
    { primaryKeyArn: null },
    "primaryKeyArn",
    "missing required property",
  ],
  [
    "neither text nor a policy document",
    "aws:iam/role:Role",
    { assumeRolePolicy: 1 },
    "assumeRolePolicy",
    "must be a string or an object, not a number",
  ],
  [
    "a policy document with a bad effect",
    "aws:iam/role:Role",
    { assumeRolePolicy: { Version: "2012-10-17", Statement: [{ Effect: "Perhaps" }] } },
    "assumeRolePolicy.Statement[0].Effect",
    'must be one of Allow, Deny, not "Perhaps"',
  ],
  [
    "an archive for code that is text",
    "aws:lambda/function:Function",
    { role: "arn:aws:iam::111111111111:role/r", code: "zip" },
    "code",
    "must be an archive, not a string",
  ],
  [
    "a secret that nothing unwrapped",
    "aws:ssm/parameter:Parameter",
    { type: "String", value: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "x" } },
    "value",
    "must be a string, not a secret that nothing unwrapped",
  ],
];

const REFUSED_WITHIN: [string, Record<string, unknown>, string, string][] = [
  [
    "an unknown property",
    { networkConfiguration: { networkMode: "VPC", networkModeConfigs: {} } },
    "networkConfiguration.networkModeConfigs",
    "unknown property; similar: networkModeConfig, networkMode",
  ],
  [
    "a missing required property",
    { networkConfiguration: {} },
    "networkConfiguration.networkMode",
    "missing required property",
  ],
  [
    "a list element of another type",
    {
      networkConfiguration: {
        networkMode: "VPC",
        networkModeConfig: { subnets: [7], securityGroups: ["sg-0a1b2c3d4e5f60718"] },
      },
    },
    "networkConfiguration.networkModeConfig.subnets[0]",
    "must be a string, not a number",
  ],
  [
    "a value that is not allowed",
    { protocolConfiguration: { serverProtocol: "FOO" } },
    "protocolConfiguration.serverProtocol",
    'must be one of MCP, HTTP, A2A, AGUI, not "FOO"',
  ],
  [
    "an object for a list of objects",
    { lifecycleConfigurations: { maxLifetime: 1 } },
    "lifecycleConfigurations",
    "must be an array, not an object",
  ],
  [
    "a fault inside a list of objects",
    { lifecycleConfigurations: [{ idleRuntimeSessionTimeout: 60 }] },
    "lifecycleConfigurations[0].maxLifetime",
    "missing required property",
  ],
];

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});

describe("inputs of a resource that are wrong", () => {
  it.each(REFUSED)("refuse %s", (_, token, inputs, property, reason) => {
    expect(catalogue.checkInputs(token, inputs)).toEqual([{ property, reason }]);
  });

  it.each(REFUSED_WITHIN)("refuse, nested, %s", (_, change, property, reason) => {
    expect(catalogue.checkInputs(RUNTIME, { ...runtime(), ...change })).toEqual([{ property, reason }]);
  });

  it("report every fault, not only the first", () => {
    const faults = catalogue.checkInputs(RUNTIME, { agentRuntimeNme: "x", roleArn: 1 });
    expect(faults.map(({ property }) => property)).toEqual([
      "agentRuntimeNme",
      "roleArn",
      "agentRuntimeArtifact",
      "agentRuntimeName",
      "networkConfiguration",
    ]);
  });
});

describe("inputs of a resource that are not known yet", () => {
  it("are accepted at any depth", () => {
    const unknown = {
      ...runtime(),
      roleArn: UNKNOWN,
      environmentVariables: { A: UNKNOWN },
      networkConfiguration: UNKNOWN,
    };
    expect(catalogue.checkInputs(RUNTIME, unknown)).toEqual([]);
    const network = {
      networkMode: UNKNOWN,
      networkModeConfig: { subnets: ["subnet-0a1b2c3d4e5f60718", UNKNOWN], securityGroups: UNKNOWN },
    };
    expect(catalogue.checkInputs(RUNTIME, { ...runtime(), networkConfiguration: network })).toEqual([]);
  });

  it("are refused when their name is unknown", () => {
    expect(catalogue.checkInputs(VPC, { cidr: UNKNOWN })).toEqual([
      { property: "cidr", reason: expect.stringContaining("unknown property") as string },
    ]);
  });
});

describe("a secret", () => {
  it("never has its value told", () => {
    const secret = { type: { values: ["a", 1] }, secret: true } as const;
    for (const value of ["hunter2", 7]) {
      expect(checkProperty(value, secret, { types: {}, limits: {} }, "p")).toEqual([
        { property: "p", reason: "must be one of a, 1" },
      ]);
    }
    expect(catalogue.resource("aws:ssm/parameter:Parameter")?.inputs["value"]?.secret).toBe(true);
  });
});

function cluster(change: Record<string, unknown>): Record<string, unknown> {
  return { roleArn: "arn", vpcConfig: { subnetIds: ["a"] }, ...change };
}
