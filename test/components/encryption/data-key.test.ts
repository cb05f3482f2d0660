import { describe, expect, it } from "vitest";
import { DataKey } from "../../../components/encryption/data-key.ts";
import { serviceRole, trustService } from "../../../components/identity/service-role.ts";
import { PLACE, planned, statements, testBoundary, testKey } from "../planned.ts";

const KEY = "aws:kms/key:Key";

describe("DataKey", () => {
  it("rotates, and can be recovered for thirty days", async () => {
    const plan = await planned(testKey);
    expect(plan.inputs(KEY, "key")).toMatchObject({
      description: "Tests",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      multiRegion: false,
    });
    expect(plan.inputs("aws:kms/alias:Alias", "key")).toMatchObject({ name: "alias/test" });
    expect(plan.names("aws:kms/replicaKey:ReplicaKey")).toEqual([]);
  });

  it("has a replica in the standby region, and nowhere else", async () => {
    const plan = await planned(
      (opts) =>
        new DataKey("key", { place: PLACE, description: "Tests", alias: "test", standby: "eu-central-1" }, opts),
    );
    expect(plan.inputs(KEY, "key")).toMatchObject({ multiRegion: true });
    expect(plan.inputs("aws:kms/replicaKey:ReplicaKey", "key-standby")).toMatchObject({ region: "eu-central-1" });
    const policy = statements(plan.inputs("aws:kms/replicaKey:ReplicaKey", "key-standby")["policy"]);
    expect(policy[1]).toMatchObject({ Principal: { Service: "logs.eu-central-1.amazonaws.com" } });
  });

  it("leaves who uses it to IAM of its own account, action by action", async () => {
    const plan = await planned(testKey);
    const [account, logs, ...others] = statements(plan.inputs(KEY, "key")["policy"]);
    expect(account).toMatchObject({ Principal: { AWS: "arn:aws:iam::111122223333:root" } });
    expect(account?.["Action"]).not.toContain("kms:*");
    expect(logs).toMatchObject({ Principal: { Service: "logs.eu-west-1.amazonaws.com" } });
    expect(others).toEqual([]);
  });

  it("grants a role exactly the use that it asks for", async () => {
    const plan = await planned((opts) => {
      const key = testKey(opts);
      const trust = trustService("lambda.amazonaws.com");
      const role = serviceRole("role", { place: testBoundary(opts), description: "Tests", trust }, { parent: key });
      key.grantDecrypt("decrypt", role);
      key.grantUse("use", role);
      key.grantService("service", role);
    });
    const granted = (name: string): unknown =>
      statements(plan.inputs("aws:iam/rolePolicy:RolePolicy", name)["policy"]).map((it) => it["Action"]);
    expect(granted("decrypt")).toEqual([["kms:Decrypt"]]);
    expect(granted("use")).toEqual([["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]]);
    expect(granted("service")).toEqual([
      ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
      ["kms:CreateGrant"],
    ]);
  });
});
