import { describe, expect, it } from "vitest";
import { executionBoundary } from "../../../components/execution/execution-boundary.ts";
import { ExecutionRole } from "../../../components/execution/execution-role.ts";
import type { ExecutionScope } from "../../../components/execution/execution-scope.ts";
import type { ExecutionLayer } from "../../../contracts/execution/needs.ts";
import { awsOf, PLACE, planned, type Planned, statements } from "../planned.ts";

const POLICY = "aws:iam/policy:Policy";
const BOUNDARY = `arn:aws:iam::${PLACE.account}:policy/alicerce/alicerce-production-boundary`;
const DEPLOYS = `arn:aws:iam::${PLACE.account}:role/alicerce/deploy-1234567`;

const scopeOf = (address: string): ExecutionScope => ({
  account: PLACE.account,
  address,
  regions: ["eu-west-1", "eu-central-1"],
  names: ["*.eu-west-1.example.com"],
  boundaries: [BOUNDARY],
  transitGateways: [],
});

const roleOf = (layer: ExecutionLayer, address: string): Promise<Planned> =>
  planned((opts) => {
    const args = { environment: "production", account: PLACE.account, boundaries: [BOUNDARY] };
    const { arn: boundaryArn } = executionBoundary("bounds", args, { provider: awsOf(opts) });
    return new ExecutionRole("role", { layer, scope: scopeOf(address), deployRoleArn: DEPLOYS, boundaryArn }, opts);
  });

type Found = ReturnType<typeof statements>[number];

const allOf = (plan: Planned): readonly Found[] =>
  plan
    .names(POLICY)
    .filter((it) => it !== "bounds")
    .flatMap((it) => statements(plan.inputs(POLICY, it)["policy"]));

const actionsOf = (it: Found): readonly string[] => [it["Action"]].flat() as string[];

describe.each([
  ["environment", "production"],
  ["region", "production.eu-west-1"],
  ["tenant", "production.eu-west-1.xyz-gmbh"],
] as const)("the role that deploys a stack of the layer %s", (layer, address) => {
  it("is assumed by the deploy role alone, under a boundary, and has the name of the stack", async () => {
    const role = (await roleOf(layer, address)).inputs("aws:iam/role:Role", "role");
    expect(role).toMatchObject({ name: address, path: "/alicerce/execution/" });
    expect(statements(role["assumeRolePolicy"])).toEqual([
      { Effect: "Allow", Principal: { AWS: DEPLOYS }, Action: ["sts:AssumeRole"] },
    ]);
  });

  it("has policies that IAM takes: each short enough, at most ten, and attached", async () => {
    const plan = await roleOf(layer, address);
    const names = plan.names(POLICY).filter((it) => it !== "bounds");
    expect(names.length).toBeLessThanOrEqual(10);
    for (const it of names) expect(String(plan.inputs(POLICY, it)["policy"]).length).toBeLessThanOrEqual(6_144);
    expect(plan.names("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual(names);
  });

  it("changes only what carries the tag of the stack, or is named after it, and names every action", async () => {
    const all = allOf(await roleOf(layer, address));
    expect(all.flatMap(actionsOf).filter((it) => it.includes("*"))).toEqual([]);
    const ofQueuesAndTables = all.filter(
      (it) => it["Effect"] === "Allow" && actionsOf(it).some((one) => /^(?:lambda|rds|ecr):Delete/.test(one)),
    );
    expect(ofQueuesAndTables.length).toBeGreaterThan(0);
    for (const it of ofQueuesAndTables)
      expect(it["Condition"]).toMatchObject({ StringEquals: { "aws:ResourceTag/alicerce:stack": address } });
  });
});

describe("what roles that deploy are not granted", () => {
  it.each(["region", "tenant"] as const)(
    "in the layer %s: data, and roles elsewhere or without a boundary",
    async (layer) => {
      const address = layer === "region" ? "production.eu-west-1" : "production.eu-west-1.xyz-gmbh";
      const all = allOf(await roleOf(layer, address)).filter((it) => it["Effect"] === "Allow");
      const actions = all.flatMap(actionsOf);
      for (const it of [
        "secretsmanager:GetSecretValue",
        "dynamodb:Query",
        "sts:AssumeRole",
        "cloudtrail:StopLogging",
        "iam:CreatePolicyVersion",
      ])
        expect(actions).not.toContain(it);
      const creating = all.filter((it) => actionsOf(it).includes("iam:CreateRole"));
      expect(creating).toHaveLength(1);
      expect(creating[0]?.["Condition"]).toEqual({ StringEquals: { "iam:PermissionsBoundary": [BOUNDARY] } });
      const decrypting = all.filter((it) => actionsOf(it).includes("kms:Decrypt"));
      for (const it of decrypting)
        expect(Object.keys((it["Condition"] as { StringLike: object }).StringLike)).toEqual(["kms:ViaService"]);
    },
  );

  it("by an environment's role: any change of roles and policies", async () => {
    const actions = allOf(await roleOf("environment", "production")).flatMap(actionsOf);
    const changes = actions.filter((it) => /^iam:(?!Get|List)/.test(it));
    expect(changes).toEqual(["iam:UpdateAccountPasswordPolicy", "iam:CreateServiceLinkedRole"]);
  });
});

it("fits into a managed policy, which has 6144 characters", async () => {
  const policy = (await roleOf("region", "production.eu-west-1")).inputs(POLICY, "bounds")["policy"];
  expect(String(policy).length).toBeLessThanOrEqual(6_144);
});
