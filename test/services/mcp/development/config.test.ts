import { describe, expect, test } from "vitest";
import { DevelopmentConfig } from "../../../../services/mcp/development/config.ts";
import { openServices } from "../../../../services/mcp/development/open-services.ts";

describe("its configuration", () => {
  const complete = {
    TENANT_ID: "acme",
    SERVER_VERSION: "1.0.0",
    CONTEXT_ISSUER: "https://interceptor.example.com/acme",
    CONTEXT_PUBLIC_KEYS: "-----BEGIN PUBLIC KEY-----",
    ALLOWED_HOSTS: "127.0.0.1",
    AWS_REGION: "eu-west-1",
    LOG_GROUPS: '{"gateway":"/aws/vendedlogs/bedrock-agentcore/acme"}',
    GATEWAYS: '{"internal":"acme-internal-0123456789"}',
    RUNTIMES: '{"files-v1":"acme_mcp_files_v1-0123456789"}',
    DOCUMENTS_BUCKET: "acme-documents",
    CONTRACTS_KEY: "contracts.json",
    PREMISE_REPORT_KEY: "premises.json",
  };

  test("opens what the tools read", async () => {
    const { services, close } = openServices(DevelopmentConfig.parse(complete));
    expect(await services.logs.sources("acme")).toEqual(["gateway"]);
    await close();
  });

  test.each([
    ["LOG_GROUPS", "not JSON"],
    ["LOG_GROUPS", '{"gateway":"two groups"}'],
    ["GATEWAYS", '["acme"]'],
    ["RUNTIMES", '{"files v1":"x"}'],
    ["RUNTIMES", '{"files":"../x"}'],
    ["AWS_REGION", "mars"],
  ])("%s may not be %j", (name, value) => {
    const { error } = DevelopmentConfig.safeParse({ ...complete, [name]: value });
    expect(error?.issues.map((it) => it.path[0])).toEqual([name]);
  });
});
