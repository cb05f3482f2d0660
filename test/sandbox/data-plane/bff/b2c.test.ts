import { afterAll, beforeAll, expect, test } from "vitest";
import { walksTheChat } from "../../../../sandbox/data-plane/check/chat-page.ts";
import { Walk } from "../../../../sandbox/data-plane/check/walk.ts";
import type { Platform } from "../../../../sandbox/data-plane/platform.ts";
import { startedPlatform } from "../platform-fixture.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startedPlatform();
});
afterAll(() => platform.stop());

test("a consumer walks through the chat page of a tenant, at the pool that its stack plans", async () => {
  const walk = new Walk(() => undefined);
  await walksTheChat(walk, platform, "acme-corp");
  expect(walk.steps.filter((it) => !it.passed)).toEqual([]);
  expect(walk.steps).toHaveLength(6);
  expect(walk.steps.find((it) => it.what.includes("asks about orders"))?.seen).toContain("ord-");
});

test("tenants without consumers have no chat page", () => {
  expect(platform.consumerBffs.map((it) => it.tenant)).toEqual(
    platform.gateways.filter((it) => it.scenario === "b2c").map((it) => it.tenant),
  );
});

test("an application in which people sign in is none of a gateway's machines", () => {
  const machines = platform.gateways.flatMap((it) => it.machines);
  expect(machines.length).toBeGreaterThan(0);
  expect(machines.filter((it) => it.clientSecret === undefined)).toEqual([]);
});
