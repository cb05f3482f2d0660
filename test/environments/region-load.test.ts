import { expect, it } from "vitest";
import { loadOf, REGION_LOAD } from "../../environments/capacity/region-load.ts";
import { RESIDENCIES, ZONE_IDS } from "../../environments/residency.ts";
import { resourcesOfType, TENANTS } from "../infra/plans.ts";

it("each region has the load of the specification, and a standby that of its primary", () => {
  expect(Object.keys(REGION_LOAD).sort()).toEqual(Object.keys(ZONE_IDS).sort());
  expect(loadOf("us-east-1")).toEqual({ maxConcurrentRequests: 100, latencyThresholdMs: 200 });
  expect(loadOf("eu-west-1")).toEqual({ maxConcurrentRequests: 80, latencyThresholdMs: 250 });
  expect(loadOf("ap-southeast-1")).toEqual({ maxConcurrentRequests: 60, latencyThresholdMs: 300 });
  for (const regions of Object.values(RESIDENCIES))
    for (const region of regions) expect(loadOf(region)).toEqual(loadOf(regions[0]));
  expect(() => loadOf("toString")).toThrow(TypeError);
});

it.each(TENANTS)(
  "%s is alarmed by the latency of its region, and its agents call no more at once than it takes",
  (address) => {
    const load = loadOf(address.split(".")[1] ?? "");
    const alarms = resourcesOfType(address, "aws:cloudwatch/metricAlarm:MetricAlarm");
    const late = alarms.filter((one) => one.inputs["metricName"] === "GatewayMCPLatency");
    expect(late.length).toBeGreaterThan(0);
    for (const one of late) expect(one.inputs["threshold"]).toBe(load.latencyThresholdMs);
    const agents = resourcesOfType(address, "kubernetes:apps/v1:Deployment").filter((it) =>
      it.name.startsWith("agent-"),
    );
    const told = agents.map((it) => /"GATEWAY_CONCURRENCY","value":"(\d+)"/.exec(JSON.stringify(it.inputs))?.[1]);
    expect(told).toEqual(agents.map(() => String(load.maxConcurrentRequests)));
  },
);
