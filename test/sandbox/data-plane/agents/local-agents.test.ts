import { afterAll, beforeAll, expect, test } from "vitest";
import { consumerAsksAgents, partnerSendsRecords } from "../../../../sandbox/data-plane/check/agent-steps.ts";
import { Walk } from "../../../../sandbox/data-plane/check/walk.ts";
import type { Platform } from "../../../../sandbox/data-plane/platform.ts";
import { startedPlatform } from "../platform-fixture.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startedPlatform();
});
afterAll(() => platform.stop());

test("each tenant has the agents of its scenarios, and a question reaches a tool through gateway and server", async () => {
  const names = Object.fromEntries(platform.agents.map((it) => [it.tenant, Object.keys(it.urls)]));
  expect(names["acme-corp"]).toEqual(expect.arrayContaining(["coordinator", "customer-support"]));
  expect(names["xyz-gmbh"]).toEqual(expect.arrayContaining(["integration-processor", "data-transformer"]));
  const walk = new Walk(() => undefined);
  await consumerAsksAgents(walk, platform, "acme-corp");
  await partnerSendsRecords(walk, platform, "xyz-gmbh");
  expect(walk.steps.filter((it) => !it.passed)).toEqual([]);
  expect(walk.steps).toHaveLength(4);
});
