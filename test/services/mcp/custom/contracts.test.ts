import { expect, test } from "vitest";
import { CustomConfig } from "../../../../services/mcp/custom/config.ts";
import { openServices } from "../../../../services/mcp/custom/open-services.ts";
import { customServer } from "../../../../services/mcp/custom/server.ts";
import { brokenPromises } from "../contracts/broken-promises.ts";
import { contractOf } from "../contracts/contract.ts";
import { environment } from "./environment.ts";

/** The template is in no release data, so that there are no retained majors to try. */
test("clients of version 1 get what they rely on", async () => {
  const { services } = openServices(CustomConfig.parse(environment));
  const trial = { examples: contractOf("custom", 1), server: customServer("1.0.0"), services, today: "2026-01-01" };
  expect(await brokenPromises({ ...trial, sdk: "second" })).toEqual([]);
  expect(await brokenPromises({ ...trial, sdk: "first" })).toEqual([]);
});
