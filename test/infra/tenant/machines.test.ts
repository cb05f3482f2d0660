import { describe, expect, it } from "vitest";
import { readConfig } from "../../../services/gateway-interceptor/config.ts";
import { ACME, resourceOf, resourcesOfType, variablesOf, XYZ } from "../plans.ts";

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const interceptorOf = (stack: string, scenario: string) =>
  readConfig(variablesOf(resourceOf(stack, "aws:lambda/function:Function", `interceptor-${scenario}`)));

describe("a system that the environment registers for a tenant", () => {
  it.each([
    [ACME, "machine-shop-monitor", [`${ACME}.b2c/mcp.read`]],
    [XYZ, "machine-warehouse-batch", [`${XYZ}.b2b/mcp.read`, `${XYZ}.b2b/mcp.write`]],
  ])("of %s has a client of its own, %s, for one gateway and no agent", (stack, name, scopes) => {
    expect(resourceOf(stack, CLIENT, name).inputs).toMatchObject({
      allowedOauthScopes: scopes,
      allowedOauthFlows: ["client_credentials"],
      generateSecret: true,
    });
  });

  it("has a secret that a rotation writes, and no deployment", () => {
    const name = "secret-rotation-machine-warehouse-batch";
    const schedule = resourceOf(XYZ, "aws:secretsmanager/secretRotation:SecretRotation", name);
    expect(schedule.inputs).toMatchObject({ rotationRules: { automaticallyAfterDays: 30 } });
    expect(resourcesOfType(XYZ, "aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
  });

  it("is let in at its gateway alone, and acts there for nobody", () => {
    const id = resourceOf(XYZ, CLIENT, "machine-warehouse-batch").outputs?.["id"];
    const { CLIENTS, AGENT_CLIENTS } = interceptorOf(XYZ, "b2b");
    expect(CLIENTS).toContain(id);
    expect(Object.keys(AGENT_CLIENTS)).not.toContain(id);
    const monitor = resourceOf(ACME, CLIENT, "machine-shop-monitor").outputs?.["id"];
    expect(interceptorOf(ACME, "b2c").CLIENTS).toContain(monitor);
    expect(interceptorOf(ACME, "b2b").CLIENTS).not.toContain(monitor);
  });
});
