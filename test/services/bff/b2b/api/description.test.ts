import SwaggerParser from "@apidevtools/swagger-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Json } from "./api-calls.ts";
import { type ApiFixture, apiFixture } from "./api-fixture.ts";

let it: ApiFixture;
beforeAll(async () => {
  it = await apiFixture();
});
afterAll(() => it.close());

test("the description is valid in both versions, names every route, and is for everybody", async () => {
  for (const [path, version] of [
    ["/v1/openapi.json", "3.1.0"],
    ["/v1/openapi-3.0.json", "3.0.3"],
  ] as const) {
    const description = (await (await fetch(`${it.acme}${path}`)).json()) as Json & { paths: object };
    expect(description["openapi"]).toBe(version);
    expect(Object.keys(description.paths)).toEqual([
      "/v1/orders",
      "/v1/orders/{orderId}",
      "/v1/orders/{orderId}/cancellation",
      "/v1/products",
      "/v1/products/{sku}",
      "/v1/messages",
    ]);
    await SwaggerParser.validate(description as unknown as Parameters<typeof SwaggerParser.validate>[0]);
  }
});
