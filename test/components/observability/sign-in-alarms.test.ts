import { describe, expect, it } from "vitest";
import { resourcesOfType, TENANTS } from "../../infra/plans.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("signInAlarms", () => {
  it.each(TENANTS)("of %s are of the client in which consumers sign in, if they do", (address) => {
    const clients = resourcesOfType(address, "aws:cognito/userPoolClient:UserPoolClient");
    const consumers = clients.filter((it) => it.inputs["generateSecret"] === false);
    const alarms = resourcesOfType(address, ALARM).filter((it) => it.name.startsWith("sign-ins-"));
    expect(alarms.map((it) => it.name).sort()).toEqual(
      consumers.length === 0 ? [] : ["sign-ins-b2c-failing", "sign-ins-b2c-throttled"],
    );
  });

  it("ring when most of many attempts fail, and not when one person forgets a password", () => {
    const [failing] = resourcesOfType("production.us-east-1.acme-corp", ALARM).filter(
      (it) => it.name === "sign-ins-b2c-failing",
    );
    const queries = failing?.inputs["metricQueries"] as { expression?: string }[];
    expect(queries[0]?.expression).toBe("IF(attempts >= 20, 100 * successes / attempts, 100)");
    expect(failing?.inputs).toMatchObject({ comparisonOperator: "LessThanThreshold", threshold: 50 });
  });
});
