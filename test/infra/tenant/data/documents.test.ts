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
    const [object, ...others] = resourcesOfType(ACME, OBJECT);
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

  it("are written for no tenant without developers", () => {
    expect(resourcesOfType("production.sa-east-1.lumina-sa", OBJECT)).toEqual([]);
  });

  it("name no server that the tenant is not offered", async () => {
    const [object] = resourcesOfType("development.us-east-1.acme-corp", OBJECT);
    const contracts = await contractsOf(callOf(object?.inputs["content"]));
    expect(contracts.map((it) => it.name)).not.toContain("files");
  });
});
