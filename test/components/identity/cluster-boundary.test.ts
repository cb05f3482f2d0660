import { describe, expect, it } from "vitest";
import { clusterBoundary } from "../../../components/identity/cluster-boundary.ts";
import { awsOf, PLACE, planned, statements } from "../planned.ts";

const boundary = async () => {
  const plan = await planned((opts) =>
    clusterBoundary("boundary", { environment: "production", account: PLACE.account }, { provider: awsOf(opts) }),
  );
  return plan.inputs("aws:iam/policy:Policy", "boundary");
};

describe("clusterBoundary", () => {
  it("has a name by which other stacks and deployers know it", async () => {
    expect(await boundary()).toMatchObject({ name: "alicerce-production-cluster-boundary", path: "/alicerce/" });
  });

  it("leaves clusters no way to data, to secrets, to permissions or to another role than that of nodes", async () => {
    const all = statements((await boundary())["policy"]);
    const actions = all.flatMap((it) => it["Action"] as string[]);
    expect(actions.filter((it) => /^(?:s3|dynamodb|secretsmanager|rds\S*|bedrock\S*|sts):|^\*/.test(it))).toEqual([]);
    expect(actions.filter((it) => /^iam:(?!.*InstanceProfile|.*ServerCertificate)/.test(it))).toEqual([
      "iam:PassRole",
      "iam:CreateServiceLinkedRole",
    ]);
    expect(all.find((it) => String(it["Action"]) === "iam:PassRole")).toMatchObject({
      Resource: "arn:aws:iam::111122223333:role/alicerce/*-nodes-*",
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    });
  });

  it("fits into a managed policy, which has 6144 characters", async () => {
    expect(String((await boundary())["policy"]).length).toBeLessThanOrEqual(6_144);
  });
});
