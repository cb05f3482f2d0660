import { describe, expect, it } from "vitest";
import { GatewayCanaryConfig } from "../../../../services/gateway-canary/config.ts";
import { ACME, resourceOf, resourcesOfType, TENANTS, variablesOf, XYZ } from "../../plans.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const FUNCTION = "aws:lambda/function:Function";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";

describe("the canaries of a tenant", () => {
  it.each(TENANTS)("of %s try each gateway that machines may call, and no other", (stack) => {
    const tried = resourcesOfType(stack, FUNCTION).filter((it) => it.name.startsWith("canary-"));
    const gateways = resourcesOfType(stack, GATEWAY).filter((it) => it.name !== "gateway-internal");
    expect(tried.map((it) => it.name.replace("canary", "gateway")).toSorted()).toEqual(
      gateways.map((it) => it.name).toSorted(),
    );
  });

  it("are told what they read, of their own gateway and client", () => {
    const config = GatewayCanaryConfig.parse(variablesOf(resourceOf(XYZ, FUNCTION, "canary-b2b")));
    expect(config).toMatchObject({
      CLIENT_ID: resourceOf(XYZ, CLIENT, "canary-b2b").outputs?.["id"],
      CANARY_GATEWAY_URL: resourceOf(XYZ, GATEWAY, "gateway-b2b").outputs?.["gatewayUrl"],
      TENANT_ID: "xyz-gmbh",
      SCENARIO: "b2b",
      DEPLOYMENT_ENV: "production",
    });
  });

  it("may only read at their gateway", () => {
    const scopes = (name: string) => resourceOf(ACME, CLIENT, name).inputs["allowedOauthScopes"];
    expect(scopes("canary-b2c")).toEqual([`${ACME}.b2c/mcp.read`]);
    expect(scopes("canary-b2b")).toEqual([`${ACME}.b2b/mcp.read`]);
  });

  it("try once a minute, and ring after three times, or when they do not run", () => {
    expect(resourceOf(XYZ, RULE, "canary-b2b").inputs).toMatchObject({ scheduleExpression: "rate(1 minute)" });
    expect(resourceOf(XYZ, ALARM, "canary-b2b").inputs).toMatchObject({
      dimensions: { tenant: "xyz-gmbh", scenario: "b2b" },
      evaluationPeriods: 3,
      period: 60,
      treatMissingData: "breaching",
      alarmActions: [expect.stringContaining(":sns:eu-west-1:")],
    });
  });
});
