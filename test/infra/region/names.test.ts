import { describe, expect, it } from "vitest";
import { resourceOf, resourcesOfType } from "../plans.ts";

const CHECK = "aws:route53/healthCheck:HealthCheck";
const RECORD = "aws:route53/record:Record";

describe("the names of a region", () => {
  it.each([
    ["production.eu-west-1", "*.b2c.eu.agents.example.com", "PRIMARY"],
    ["production.eu-central-1", "*.b2c.eu.agents.example.com", "SECONDARY"],
    ["production.ap-southeast-2", "*.b2c.apac.agents.example.com", "SECONDARY"],
    ["production.sa-east-1", "*.b2c.br.agents.example.com", "PRIMARY"],
  ])("%s answers for %s as %s", (address, name, type) => {
    const [, region = ""] = address.split(".");
    const bff = resourceOf(address, RECORD, "bff-b2c").inputs;
    expect(bff).toMatchObject({ name, setIdentifier: region, failoverRoutingPolicies: [{ type }] });
    expect(JSON.stringify(bff["aliases"])).toContain(`.${region}.elb.amazonaws.com`);
    const partners = resourceOf(address, RECORD, "bff-b2b").inputs;
    expect(partners).toMatchObject({ ...bff, name: name.replace("b2c", "b2b") });
  });

  it.each([
    ["production.eu-west-1", ["identity", "gateways"]],
    ["production.sa-east-1", ["identity", "gateways"]],
    // It has no tenant of its own.
    ["production.ap-southeast-2", ["identity"]],
  ])("%s leave it when one of %j is not healthy", (address, names) => {
    const id = (name: string) => resourceOf(address, CHECK, name).outputs?.["id"];
    const followed = resourceOf(address, RECORD, "bff-b2c").inputs["healthCheckId"];
    expect(followed).toBe(id(names.length === 1 ? "identity" : "region"));
    if (names.length === 1) return;
    expect(resourceOf(address, CHECK, "region").inputs).toEqual({
      type: "CALCULATED",
      childHealthchecks: names.map(id),
      childHealthThreshold: names.length,
    });
    expect(resourceOf(address, "aws:cloudwatch/metricAlarm:MetricAlarm", "gateways-answer").inputs).toMatchObject({
      dimensions: { environment: "production" },
      evaluationPeriods: 3,
      period: 60,
      treatMissingData: "breaching",
    });
  });

  it("lead Keycloak's name to the load balancer of its own region, and never to another", () => {
    const [, ...others] = resourcesOfType("production.eu-west-1", RECORD)
      .filter((it) => it.inputs["name"] === "identity.eu-west-1.agents.example.com")
      .map((it) => it.inputs);
    expect(others).toEqual([]);
    const { inputs } = resourceOf("production.eu-west-1", RECORD, "identity");
    expect(inputs["failoverRoutingPolicies"]).toBeUndefined();
    expect(JSON.stringify(inputs["aliases"])).toContain(".eu-west-1.elb.amazonaws.com");
  });
});
