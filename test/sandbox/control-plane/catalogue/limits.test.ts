import { beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import { checkLimits } from "../../../../sandbox/control-plane/catalogue/check-limits.ts";
import { type Catalogue, ensureCatalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { runtime, target } from "./agentcore-inputs.ts";

const AGENTCORE = "botocore 1.44.8 bedrock-agentcore-control";
const [RUNTIME, TARGET, MEMORY, POLICY] = ["AgentRuntime", "GatewayTarget", "Memory", "Policy"].map(
  (it) => `aws:bedrock/agentcore${it}:Agentcore${it}`,
) as [string, string, string, string];
const FUNCTION = "aws:lambda/function:Function";
const BUCKET = "aws:s3/bucket:Bucket";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
}, 120_000);

const priority = (resourcePriority: unknown) => ({
  ...target(),
  targetConfiguration: { mcp: { mcpServer: { endpoint: "https://mcp.example/mcp", resourcePriority } } },
});
const variables = (environmentVariables: unknown) => ({ ...runtime(), environmentVariables });
const policy = (name: string) => ({
  name,
  policyEngineId: "acme-0a1b2c3d4e",
  definition: { cedar: { statement: "s".repeat(35) } },
});
const code = { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", path: "x" };
const lambda = (it: object) => ({ code, role: "arn:aws:iam::111122223333:role/r", ...it });
const rolePolicy = (it: string) => ({ role: "r", policy: it });
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, "v"]));

describe("a value at the bound that AWS states is accepted, and refused beyond it:", () => {
  it.each<[string, string, object, object, string, string]>([
    [
      "the greatest number",
      TARGET,
      priority(1000),
      priority(1001),
      "targetConfiguration.mcp.mcpServer.resourcePriority",
      `must be at most 1000 (${AGENTCORE} TargetResourcePriority), not 1001`,
    ],
    [
      "the least number",
      TARGET,
      priority(0),
      priority(-1),
      "targetConfiguration.mcp.mcpServer.resourcePriority",
      `must be at least 0 (${AGENTCORE} TargetResourcePriority), not -1`,
    ],
    [
      "the least number of days",
      MEMORY,
      { name: "acme", eventExpiryDuration: 3 },
      { name: "acme", eventExpiryDuration: 2 },
      "eventExpiryDuration",
      `must be at least 3 (${AGENTCORE} CreateMemoryInputEventExpiryDurationInteger), not 2`,
    ],
    [
      "the longest name",
      POLICY,
      policy("a".repeat(48)),
      policy("a".repeat(49)),
      "name",
      `must have at most 48 characters (${AGENTCORE} PolicyName), not 49`,
    ],
    [
      "the characters of a name",
      RUNTIME,
      { ...runtime(), agentRuntimeName: "acme_v1" },
      { ...runtime(), agentRuntimeName: "acme-v1" },
      "agentRuntimeName",
      `must match [a-zA-Z][a-zA-Z0-9_]{0,47} (${AGENTCORE} AgentRuntimeName), not "acme-v1"`,
    ],
    [
      "the values of a list's elements",
      "aws:cognito/userPool:UserPool",
      { aliasAttributes: ["email"] },
      { aliasAttributes: ["email", "mail"] },
      "aliasAttributes[1]",
      'must be one of phone_number, email, preferred_username (botocore 1.44.8 cognito-idp AliasAttributesListType), not "mail"',
    ],
    [
      "the number of elements",
      FUNCTION,
      lambda({ architectures: ["arm64"] }),
      lambda({ architectures: ["arm64", "x86_64"] }),
      "architectures",
      "must have at most 1 elements (botocore 1.44.8 lambda ArchitecturesList), not 2",
    ],
    [
      "the number of tags",
      RUNTIME,
      { ...runtime(), tags: tags(50) },
      { ...runtime(), tags: tags(51) },
      "tags",
      `must have at most 50 entries (${AGENTCORE} TagsMap), not 51`,
    ],
    [
      "the length of a description",
      "aws:kms/key:Key",
      { policy: "{}" },
      { policy: "", description: "d".repeat(8193) },
      "description",
      "must have at most 8192 characters (botocore 1.44.8 kms DescriptionType), not 8193",
    ],
    [
      "the days that a document of AWS states",
      "aws:kms/key:Key",
      { deletionWindowInDays: 7 },
      { deletionWindowInDays: 6 },
      "deletionWindowInDays",
      "must be at least 7 (KMS API reference, deletionWindowInDays), not 6",
    ],
    [
      "the longest name of a bucket",
      BUCKET,
      { bucket: "b".repeat(63) },
      { bucket: "b".repeat(64) },
      "bucket",
      "must have at most 63 characters (S3 bucket naming rules, bucket), not 64",
    ],
    [
      "the seconds of a function",
      FUNCTION,
      lambda({ timeout: 900 }),
      lambda({ timeout: 901 }),
      "timeout",
      "must be at most 900 (Lambda quotas, timeout), not 901",
    ],
    [
      "the length of a policy",
      "aws:iam/rolePolicy:RolePolicy",
      rolePolicy(" ".repeat(131_072)),
      rolePolicy(" ".repeat(131_073)),
      "policy",
      "must have at most 131072 characters (botocore 1.44.8 iam policyDocumentType), not 131073",
    ],
    [
      "the name of a database",
      "aws:rds/cluster:Cluster",
      { clusterIdentifier: "acme-1", engine: "aurora-postgresql" },
      { clusterIdentifier: "acme--1", engine: "aurora-postgresql" },
      "clusterIdentifier",
      'must match [a-zA-Z](?:-?[a-zA-Z0-9])* (Aurora user guide, clusterIdentifier), not "acme--1"',
    ],
  ])("%s", (_, token, accepted, refused, property, reason) => {
    expect(catalogue.checkInputs(token, { ...accepted })).toEqual([]);
    expect(catalogue.checkInputs(token, { ...refused })).toEqual([{ property, reason }]);
  });
});

describe("the environment of a runtime", () => {
  const QUOTA = "AgentCore quotas, environmentVariables";

  it("may have 2560 bytes of names and values together, in UTF-8, and not one more", () => {
    expect(catalogue.checkInputs(RUNTIME, variables({ A: "é".repeat(1279), B: "" }))).toEqual([]);
    const reason = `must have at most 2560 bytes of keys and values together (${QUOTA})`;
    expect(catalogue.checkInputs(RUNTIME, variables({ A: "é".repeat(1279), BB: "" }))).toEqual([
      { property: "environmentVariables", reason },
    ]);
  });

  it("may have 50 variables, with names of 100 characters, and is never shown", () => {
    expect(catalogue.checkInputs(RUNTIME, variables({ ...tags(49), ["N".repeat(100)]: "" }))).toEqual([]);
    const long = "N".repeat(101);
    expect(catalogue.checkInputs(RUNTIME, variables({ ...tags(50), [long]: "hunter2" }))).toEqual([
      { property: "environmentVariables", reason: `must have at most 50 entries (${QUOTA})` },
      {
        property: `environmentVariables["${long}"]`,
        reason: `its key must have at most 100 characters (${QUOTA})`,
      },
    ]);
  });

  it("counts what is known where something is not known yet", () => {
    expect(catalogue.checkInputs(RUNTIME, variables({ A: UNKNOWN, B: "b".repeat(2558) }))).toEqual([]);
    expect(catalogue.checkInputs(RUNTIME, variables({ A: UNKNOWN, B: "b".repeat(2559) }))).toHaveLength(1);
  });
});

describe("what is not known yet, or not sent,", () => {
  it("breaks no limit", () => {
    expect(catalogue.checkInputs(TARGET, { ...priority(UNKNOWN), name: UNKNOWN })).toEqual([]);
    expect(catalogue.checkInputs("aws:cognito/userPool:UserPool", { aliasAttributes: [UNKNOWN] })).toEqual([]);
    expect(catalogue.checkInputs("aws:kms/key:Key", { policy: UNKNOWN, description: "" })).toEqual([]);
  });
});

describe("limits", () => {
  const place = { path: "p", source: "s" };

  it("let no fault of a sensitive value tell the value", () => {
    expect(checkLimits("hunter2", { max: 3, secret: true }, place)).toEqual([
      { property: "p", reason: "must have at most 3 characters (s)" },
    ]);
  });

  it("show no more than the beginning of a long text", () => {
    const [fault] = checkLimits("x".repeat(10_000), { pattern: "y*" }, place);
    expect(fault?.reason).toBe(`must match y* (s), not "${"x".repeat(80)}…"`);
  });

  it("count characters, not units of UTF-16", () => {
    expect(checkLimits("🏠🏠", { max: 2 }, place)).toEqual([]);
  });

  it("say nothing of an object whose list the API limits", () => {
    expect(checkLimits({ a: 1, b: 2 }, { max: 1 }, place)).toEqual([]);
  });
});
