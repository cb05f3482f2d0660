import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { conformance } from "../../../support/conformance.ts";

const CLIENT = `"${process.execPath}" "${fileURLToPath(new URL("conformance-client.ts", import.meta.url))}"`;

test.each([
  ["2026-07-28", 32],
  ["2025-11-25", 18],
])("the gateway client passes all %s scenarios, with no expected failures: %d", async (revision, scenarios) => {
  // All of them run at once, each as a process, and the suite's own limit of 30 s is for all together.
  const args = ["--command", CLIENT, "--requirements", revision, "--timeout", "280000"];
  const { passed, failed } = await conformance("client", ...args);
  expect(failed).toEqual([]);
  expect(passed).toHaveLength(scenarios);
});
