import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { directoryEntrySchema } from "../../../contracts/directory-entry.ts";
import { TenantTable } from "../../../components/data/tenant-table.ts";
import { serviceRole, trustService } from "../../../components/identity/service-role.ts";
import { planned, statements } from "../planned.ts";
import { directoryEntryOf, testTenant } from "../tenant-programs.ts";

const TABLE = "aws:dynamodb/table:Table";

const plan = () =>
  planned((opts: pulumi.ComponentResourceOptions) => {
    const { place, key } = testTenant(opts);
    const table = new TenantTable("table", { place, key, directory: directoryEntryOf("xyz-gmbh") }, opts);
    const role = serviceRole("counter", { place, description: "", trust: trustService("x") }, { parent: table });
    table.grantCount("counts", role);
  });

describe("TenantTable", () => {
  it("is the tenant's key's, can be had back as it was at any moment, and is not deleted by mistake", async () => {
    const it = await plan();
    const table = it.one(TABLE, "table");
    expect(table.inputs).toMatchObject({
      billingMode: "PAY_PER_REQUEST",
      hashKey: "key",
      ttl: { attributeName: "expire", enabled: true },
      serverSideEncryption: { enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    });
    expect(table.propertyDependencies?.["serverSideEncryption"]).toEqual([it.one("aws:kms/key:Key", "key").urn]);
  });

  it("holds the tenant's entry of the directory as text", async () => {
    const { item, hashKey } = (await plan()).inputs("aws:dynamodb/tableItem:TableItem", "table");
    expect(hashKey).toBe("key");
    expect(JSON.parse(String(item))).toEqual({ key: { S: "directory" }, entry: { S: expect.any(String) as string } });
    const { entry } = JSON.parse(String(item)) as { readonly entry: { readonly S: string } };
    expect(directoryEntrySchema.parse(JSON.parse(entry.S))).toEqual(directoryEntryOf("xyz-gmbh"));
  });

  it("lets a role read that entry, and count; no other item can be read or written", async () => {
    const it = await plan();
    const arn = `arn:aws:dynamodb:eu-west-1:111122223333:table/${String(it.inputs(TABLE, "table")["name"])}`;
    const granted = statements(it.inputs("aws:iam/rolePolicy:RolePolicy", "counts")["policy"]);
    expect(granted).toEqual([
      {
        Effect: "Allow",
        Action: ["dynamodb:GetItem"],
        Resource: arn,
        Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["directory"] } },
      },
      {
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
        Resource: arn,
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["quota:*"] } },
      },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: expect.stringMatching(/:key\//) as string,
        Condition: { StringEquals: { "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" } },
      },
    ]);
  });
});
