import { describe, expect, it } from "vitest";
import { directoryEntrySchema } from "../../../../contracts/directory-entry.ts";
import { interceptorCatalogueSchema } from "../../../../contracts/interceptor-catalogue.ts";
import type { Scenario } from "../../../../contracts/scenarios.ts";
import { deployedFor, interceptorCatalogue } from "../../../../releases/published-servers.ts";
import { readConfig } from "../../../../services/gateway-interceptor/config.ts";
import { ACME, resourceOf, resourcesOfType, variablesOf } from "../../plans.ts";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const SCENARIOS: readonly Scenario[] = ["internal", "b2c", "b2b"];

describe("the tenant's interceptors", () => {
  const functionOf = (scenario: Scenario) =>
    resourceOf(ACME, "aws:lambda/function:Function", `interceptor-${scenario}`);

  it.each(SCENARIOS)("start with what they are given for %s, within what Lambda takes", (scenario) => {
    const variables = variablesOf(functionOf(scenario));
    expect(readConfig(variables)).toMatchObject({ TENANT_ID: "acme-corp", SCENARIO: scenario });
    expect(Buffer.byteLength(JSON.stringify(variables))).toBeLessThan(4_096);
  });

  it.each(SCENARIOS)("run the bundle for %s with the catalogue of what is behind their gateway", (scenario) => {
    const { assets } = functionOf(scenario).inputs["code"] as {
      readonly assets: Readonly<Record<string, { readonly text?: string; readonly path?: string }>>;
    };
    expect(assets["index.mjs"]?.path).toMatch(/\/dist\/gateway-interceptor\/index\.mjs$/);
    const catalogue = interceptorCatalogueSchema.parse(JSON.parse(assets["catalogue.json"]?.text ?? ""));
    expect(catalogue).toEqual(interceptorCatalogueSchema.parse(interceptorCatalogue(scenario)));
    const targets = resourcesOfType(ACME, "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget")
      .filter((it) => it.name.startsWith(`${scenario}-`))
      .map((it) => it.inputs["name"]);
    expect(targets.sort()).toEqual(
      deployedFor(scenario)
        .map(({ targetName }) => targetName)
        .sort(),
    );
  });

  it("know the tools of the tenant's own APIs, with the scope and the class of each", () => {
    const { assets } = resourceOf("production.eu-west-1.xyz-gmbh", "aws:lambda/function:Function", "interceptor-b2b")
      .inputs["code"] as { readonly assets: Readonly<Record<string, { readonly text?: string }>> };
    const { tools } = interceptorCatalogueSchema.parse(JSON.parse(assets["catalogue.json"]?.text ?? ""));
    expect(tools["api-integration___erp_createPurchaseOrder"]).toEqual({
      scope: "mcp:write",
      permission: "write:apis",
      classification: "confidential",
    });
    expect(tools["api-integration-v1___erp_createPurchaseOrder"]).toBeUndefined();
  });

  it("know the organisation of the tenant, as the environment has it, and which clients are agents that act for whom", () => {
    const stored = resourcesOfType(ACME, "aws:dynamodb/tableItem:TableItem").map((it) => String(it.inputs["item"]));
    const entries = stored
      .filter((it) => it.includes("directory"))
      .map((it) => JSON.parse(it) as { entry: { S: string } });
    expect(entries.map((it) => directoryEntrySchema.parse(JSON.parse(it.entry.S)).organizationId)).toEqual([
      "org-acme-retail",
    ]);
    const clientsOf = (scenario: Scenario) => {
      const { AGENT_CLIENTS, DEPLOYMENT_ENV, CLIENTS = [] } = readConfig(variablesOf(functionOf(scenario)));
      expect(DEPLOYMENT_ENV).toBe("production");
      for (const id of Object.keys(AGENT_CLIENTS)) expect(CLIENTS).toContain(id);
      return Object.fromEntries(Object.values(AGENT_CLIENTS).map(({ agent, actsFor }) => [agent, actsFor]));
    };
    expect(clientsOf("internal")).toEqual({});
    expect(clientsOf("b2c")).toEqual({
      coordinator: [],
      "customer-support": ["consumer"],
      "product-recommendation": ["consumer"],
    });
    expect(clientsOf("b2b")).toEqual({ coordinator: [], "data-transformer": [], "integration-processor": ["partner"] });
  });

  it("and the servers believe one another by one key", () => {
    const [issuer, ...others] = new Set([
      ...SCENARIOS.map((it) => variablesOf(functionOf(it))["CONTEXT_ISSUER"]),
      ...resourcesOfType(ACME, RUNTIME).map((it) => variablesOf(it)["CONTEXT_ISSUER"]),
    ]);
    expect([issuer, others]).toEqual([`urn:alicerce:interceptor:${ACME}`, []]);
  });
});
