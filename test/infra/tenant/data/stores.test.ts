import { describe, expect, it } from "vitest";
import { directoryEntrySchema } from "../../../../contracts/directory-entry.ts";
import { resourcesOf } from "../../plans.ts";

describe("a tenant's stores", () => {
  it("keep the tenant's entry of the directory where its interceptors look for it", () => {
    const entryOf = (address: string): unknown => {
      const item = resourcesOf(address).find((it) => it.type === "aws:dynamodb/tableItem:TableItem")?.inputs["item"];
      const { key, entry } = JSON.parse(String(item)) as Record<"key" | "entry", { readonly S: string }>;
      return { key: key.S, ...directoryEntrySchema.parse(JSON.parse(entry.S)) };
    };
    expect(entryOf("production.eu-west-1.xyz-gmbh")).toMatchObject({
      key: "directory",
      tenantId: "xyz-gmbh",
      status: "active",
      isGdpr: true,
    });
    expect(entryOf("production.us-east-1.acme-corp")).toMatchObject({ tenantId: "acme-corp", isGdpr: false });
  });
});
