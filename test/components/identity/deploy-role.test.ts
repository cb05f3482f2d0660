import { describe, expect, it } from "vitest";
import { DeployRole } from "../../../components/identity/deploy-role.ts";
import { planned, statements, testBoundary } from "../planned.ts";

describe("DeployRole", () => {
  it("is assumed by the main branch of one repository, and by nothing else", async () => {
    const plan = await planned(
      (opts) => new DeployRole("deploy", { place: testBoundary(opts), repository: "example/alicerce" }, opts),
    );
    const role = plan.one("aws:iam/role:Role", "deploy");
    const issuer = plan.one("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "deploy");
    expect(role.propertyDependencies?.["assumeRolePolicy"]).toEqual([issuer.urn]);
    expect(statements(role.inputs["assumeRolePolicy"])).toMatchObject([
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:example/alicerce:ref:refs/heads/main",
          },
        },
      },
    ]);
    expect(statements(plan.inputs("aws:iam/rolePolicy:RolePolicy", "deploy")["policy"])).toEqual([
      {
        Effect: "Allow",
        Action: ["sts:AssumeRole"],
        Resource: "arn:aws:iam::111122223333:role/alicerce/execution/*",
      },
    ]);
  });
});
