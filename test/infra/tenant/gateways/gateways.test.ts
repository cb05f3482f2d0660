import { describe, expect, it } from "vitest";
import { resourcesOf } from "../../plans.ts";

describe("a tenant's gateways and runtimes", () => {
  it("deliver no log lines for a GDPR tenant", () => {
    const lines = (address: string): readonly string[] =>
      resourcesOf(address)
        .filter((it) => it.type === "aws:cloudwatch/logDeliverySource:LogDeliverySource")
        .filter((it) => it.inputs["logType"] === "APPLICATION_LOGS")
        .map((it) => it.name);
    expect(lines("production.eu-west-1.xyz-gmbh")).toEqual([]);
    expect(lines("production.us-east-1.acme-corp")).toHaveLength(3 + 7);
  });
});
