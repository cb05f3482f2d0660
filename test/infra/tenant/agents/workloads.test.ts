import { describe, expect, it } from "vitest";
import { resourcesOf } from "../../plans.ts";

describe("a tenant's agents", () => {
  it("run on AgentCore Runtime where the environment says so, open to agents and the BFF of the tenant alone", () => {
    const resources = resourcesOf("development.us-east-1.acme-corp");
    const deployments = resources.filter((it) => it.type === "kubernetes:apps/v1:Deployment");
    expect(deployments.map((it) => it.name)).toEqual(["bff-b2c"]);
    const agents = resources.filter((it) => it.type === "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime");
    expect(agents.filter((it) => it.name.startsWith("agent-")).map((it) => it.inputs["protocolConfiguration"])).toEqual(
      Array(3).fill({ serverProtocol: "A2A" }),
    );
    const policy = resources.find((it) => it.name === "agent-coordinator-endpoint")?.inputs["policy"];
    expect(
      String(policy).match(/role\/alicerce\/[^"]*agent-(coordinator|customer-support|product-recommendation)-/g),
    ).toHaveLength(6);
    expect(String(policy)).toMatch(/role\/alicerce\/[^"]*bff-b2c-/);
  });
});
