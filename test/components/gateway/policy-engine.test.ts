import { describe, expect, it } from "vitest";
import { planned, statements } from "../planned.ts";
import { gateway, testTenant, policyEngine } from "../tenant-programs.ts";

const ENGINE = "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine";
const NAME = "policies-internal";

describe("PolicyEngine", () => {
  it("bears a name that AgentCore accepts, and keeps its policies under the tenant's key", async () => {
    const it = await planned((opts) => policyEngine(testTenant(opts), opts));
    const engine = it.one(ENGINE, NAME);
    expect(engine.inputs).toMatchObject({ name: "xyz_gmbh_internal" });
    expect(engine.propertyDependencies?.["encryptionKeyArn"]).toEqual([it.one("aws:kms/key:Key", "key").urn]);
  });

  it("may be asked by its gateway, about itself", async () => {
    const it = await planned((opts) => gateway(testTenant(opts), opts));
    const policy = it.inputs("aws:iam/rolePolicy:RolePolicy", "gateway-internal-policies")["policy"];
    const engine = expect.stringContaining(":policy-engine/xyz_gmbh_internal-") as string;
    const gateways = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/xyz-gmbh-internal-??????????";
    expect(statements(policy)).toEqual([
      { Effect: "Allow", Action: ["bedrock-agentcore:GetPolicyEngine"], Resource: engine },
      {
        Effect: "Allow",
        Action: ["bedrock-agentcore:AuthorizeAction", "bedrock-agentcore:PartiallyAuthorizeActions"],
        Resource: [engine, gateways],
      },
    ]);
  });
});
