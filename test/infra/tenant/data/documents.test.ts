import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { contractsOf } from "../../../../services/mcp/development/sources/contracts.ts";
import type { DevelopmentCall } from "../../../../services/mcp/development/services.ts";
import { ACME, resourcesOfType } from "../../plans.ts";

const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";

/** A call of the development server, which finds this text. */
function callOf(text: unknown): DevelopmentCall {
  const documents = { read: () => Promise.resolve(String(text)) };
  const call: unknown = { context: { tenantId: "acme-corp" }, services: { documents } };
  return call as DevelopmentCall;
}

describe("a tenant's documents", () => {
  it("are where its development server looks, and say what its servers offer as that reads it", async () => {
    const [object, apis, ...others] = resourcesOfType(ACME, OBJECT);
    expect(apis?.inputs["key"]).toBe("apis/apis.json");
    expect(others).toEqual([]);
    const server = resourcesOfType(ACME, RUNTIME).find((it) => it.name === "mcp-development-v1");
    expect(server?.inputs["environmentVariables"]).toMatchObject({
      CONTRACTS_KEY: object?.inputs["key"],
      DOCUMENTS_BUCKET: object?.inputs["bucket"],
    });
    const contracts = await contractsOf(callOf(object?.inputs["content"]));
    const named = contracts.map((it) => `${it.name} ${it.version.split(".", 1)[0] ?? ""}`);
    expect(named).toEqual(expect.arrayContaining(["database 3", "database 1", "files 1", "development 1"]));
    expect(contracts.find((it) => it.name === "files")?.target).toBe("files");
  });

  it("say what is offered to no tenant without developers", () => {
    const keys = resourcesOfType("production.sa-east-1.lumina-sa", OBJECT).map(({ inputs }) => inputs["key"]);
    expect(keys).toEqual(["apis/apis.json"]);
  });

  it("have the tenant's own APIs where every release of the server before APIs is told that they are, by their digest", () => {
    for (const [stack, names] of [
      ["production.eu-west-1.xyz-gmbh", ["erp"]],
      [ACME, []],
    ] as const) {
      const object = resourcesOfType(stack, OBJECT).find(({ inputs }) => inputs["key"] === "apis/apis.json");
      const content = String(object?.inputs["content"]);
      const { apis } = JSON.parse(content) as { readonly apis: readonly { readonly name: string }[] };
      expect(apis.map((it) => it.name)).toEqual(names);
      const servers = resourcesOfType(stack, RUNTIME).filter((it) => it.name.startsWith("mcp-api-integration"));
      expect(servers.length).toBeGreaterThan(1);
      for (const { inputs } of servers) {
        expect(inputs["environmentVariables"]).toMatchObject({
          APIS_BUCKET: object?.inputs["bucket"],
          APIS_KEY: "apis/apis.json",
          APIS_DIGEST: createHash("sha256").update(content).digest("hex"),
        });
      }
    }
  });

  it("name no server that the tenant is not offered", async () => {
    const [object] = resourcesOfType("development.us-east-1.acme-corp", OBJECT);
    const contracts = await contractsOf(callOf(object?.inputs["content"]));
    expect(contracts.map((it) => it.name)).not.toContain("files");
  });
});
