import { beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import { type Catalogue, ensureCatalogue } from "../../../../sandbox/control-plane/catalogue/catalogue.ts";
import { runtime, target } from "./agentcore-inputs.ts";

const AGENTCORE = "botocore 1.44.8 bedrock-agentcore-control";
const QUOTA = "AgentCore quotas, environmentVariables";
const [RUNTIME, TARGET, MEMORY, POLICY] = ["AgentRuntime", "GatewayTarget", "Memory", "Policy"].map(
  (it) => `aws:bedrock/agentcore${it}:Agentcore${it}`,
) as [string, string, string, string];

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});

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
      "the number of tags",
      RUNTIME,
      { ...runtime(), tags: tags(50) },
      { ...runtime(), tags: tags(51) },
      "tags",
      `must have at most 50 entries (${AGENTCORE} TagsMap), not 51`,
    ],
  ])("%s", (_, token, accepted, refused, property, reason) => {
    expect(catalogue.checkInputs(token, { ...accepted })).toEqual([]);
    expect(catalogue.checkInputs(token, { ...refused })).toEqual([{ property, reason }]);
  });
});

describe("the environment of a runtime", () => {
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

describe("a number of a target that is not known yet", () => {
  it("is within every range", () => {
    expect(catalogue.checkInputs(TARGET, { ...priority(UNKNOWN), name: UNKNOWN })).toEqual([]);
  });
});
