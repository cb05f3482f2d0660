import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const event = {
  version: "3",
  triggerSource: "TokenGeneration_ClientCredentials",
  userPoolId: "eu-west-1_example",
  callerContext: { clientId: "agent" },
  request: { clientMetadata: { tenant_id: "someone-else" }, scopes: ["b2b/mcp.read"] },
  response: {},
};

const load = () => import("../../../services/token-claims/handler.ts");

describe("token-claims", () => {
  beforeEach(() => {
    vi.resetModules();
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("writes the tenant of the pool into the access token, whatever the caller claims", async () => {
    vi.stubEnv("TENANT_ID", "xyz-gmbh");
    const { handler } = await load();
    expect(await handler(event)).toEqual({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: { claimsToAddOrOverride: { tenant_id: "xyz-gmbh" } },
        },
      },
    });
  });

  it.each([undefined, ""])("does not start without a tenant (%o)", async (tenantId) => {
    vi.stubEnv("TENANT_ID", tenantId);
    await expect(load()).rejects.toThrow(new TypeError("TENANT_ID must be set"));
  });
});
