import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../../contracts/scenarios.ts";
import { deployedFor } from "../../../../releases/published-servers.ts";
import { ACME, resourcesOfType } from "../../plans.ts";

const SCENARIOS: readonly Scenario[] = ["internal", "b2c", "b2b"];

describe("the tenant's policies", () => {
  it.each(SCENARIOS)("come after the targets of the gateway for %s, and name its tools", (scenario) => {
    const policies = resourcesOfType(ACME, "aws:bedrock/agentcorePolicy:AgentcorePolicy").filter((it) =>
      it.name.startsWith(`${scenario}-`),
    );
    const targets = resourcesOfType(ACME, "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget").filter((it) =>
      it.name.startsWith(`${scenario}-`),
    );
    for (const it of policies) expect(it.dependencies).toEqual(expect.arrayContaining(targets.map(({ urn }) => urn)));
    const text = policies.map((it) => JSON.stringify(it.inputs["definition"])).join();
    const tools = deployedFor(scenario).flatMap(({ targetName, contract }) =>
      Object.keys(contract.tools).map((tool) => `${targetName}___${tool}`),
    );
    expect(tools.filter((it) => !text.includes(`AgentCore::Action::\\"${it}\\"`))).toEqual([]);
  });

  it("permit the tools of the tenant's own APIs, in its stack alone and not in an older major", () => {
    const textOf = (stack: string): string =>
      JSON.stringify(resourcesOfType(stack, "aws:bedrock/agentcorePolicy:AgentcorePolicy").map((it) => it.inputs));
    const [own, others] = [textOf("production.eu-west-1.xyz-gmbh"), textOf("production.eu-west-1.norda-ab")];
    expect(own).toContain("api-integration___erp_getPurchaseOrder");
    expect(own).not.toContain("api-integration-v1___erp_");
    expect(others).not.toContain("___erp_");
  });
});
