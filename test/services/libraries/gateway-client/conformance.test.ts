import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { conformance } from "../../../support/conformance.ts";

const CLIENT = `"${process.execPath}" "${fileURLToPath(new URL("conformance-client.ts", import.meta.url))}"`;

test.each([
  ["2026-07-28", 32],
  ["2025-11-25", 18],
])("the gateway client passes all %s scenarios, with no expected failures: %d", async (revision, scenarios) => {
  const { passed, failed } = await conformance("client", "--command", CLIENT, "--requirements", revision);
  expect(failed).toEqual([]);
  expect(passed).toHaveLength(scenarios);
});
