import { describe, expect, it } from "vitest";
import { RUNTIME_VERSIONS, runtimeVersion } from "../../releases/runtime-versions.ts";
import { plans, resourcesOfType } from "../infra/plans.ts";

const ADDRESS = "production.eu-west-1.xyz-gmbh";

describe("the version that an endpoint serves", () => {
  it("is what the release data says of the runtime at its address", () => {
    const all = { [ADDRESS]: { "mcp-database-v3": 4 } };
    expect(runtimeVersion(ADDRESS, "mcp-database-v3", all)).toBe("4");
    expect(runtimeVersion(ADDRESS, "mcp-database-v2", all)).toBe("1");
    expect(runtimeVersion("production.eu-central-1.xyz-gmbh", "mcp-database-v3", all)).toBe("1");
  });

  it.each([0, -1, 1.5, NaN])("cannot be %d", (version) => {
    const all = { [ADDRESS]: { "mcp-database-v3": version } };
    expect(() => runtimeVersion(ADDRESS, "mcp-database-v3", all)).toThrow(TypeError);
  });

  it("is said of runtimes alone that exist", () => {
    const runtime = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
    const unknown = Object.entries(RUNTIME_VERSIONS).flatMap(([address, versions]) => {
      const names = plans.has(address) ? resourcesOfType(address, runtime).map((it) => it.name) : [];
      return Object.keys(versions).filter((it) => !names.includes(it));
    });
    expect(unknown).toEqual([]);
  });

  it("is served by every endpoint of a tenant's runtimes", () => {
    const endpoint = "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint";
    const served = resourcesOfType(ADDRESS, endpoint).map((it) => [it.name, it.inputs["agentRuntimeVersion"]]);
    expect(served).toContainEqual(["mcp-database-v3", runtimeVersion(ADDRESS, "mcp-database-v3")]);
    expect(served).toEqual(served.map(([name]) => [name, runtimeVersion(ADDRESS, String(name))]));
  });
});
