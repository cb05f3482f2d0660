import { describe, expect, it } from "vitest";
import { resourcesOf } from "../../plans.ts";

describe("a tenant's agents", () => {
  it("run on AgentCore Runtime where the environment says so, open to the BFF of the tenant and to the agents that call it alone", () => {
    const resources = resourcesOf("development.us-east-1.acme-corp");
    const deployments = resources.filter((it) => it.type === "kubernetes:apps/v1:Deployment");
    expect(deployments.map((it) => it.name)).toEqual(["bff-b2c"]);
    const agents = resources.filter((it) => it.type === "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime");
    expect(agents.filter((it) => it.name.startsWith("agent-")).map((it) => it.inputs["protocolConfiguration"])).toEqual(
      Array(3).fill({ serverProtocol: "A2A" }),
    );
    const callersOf = (agent: string) => {
      const policy = String(resources.find((it) => it.name === `${agent}-endpoint`)?.inputs["policy"]);
      return new Set(policy.match(/(?<=role\/alicerce\/[^"]*)(?:agent|bff|gateway|mcp)-[a-z0-9-]*[a-z](?=-)/g));
    };
    expect(callersOf("agent-coordinator")).toEqual(new Set(["bff-b2c"]));
    for (const specialist of ["agent-customer-support", "agent-product-recommendation"])
      expect(callersOf(specialist)).toEqual(new Set(["agent-coordinator", "bff-b2c"]));
  });
});
