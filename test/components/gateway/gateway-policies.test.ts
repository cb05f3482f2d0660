import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { cedarPolicies } from "../../../components/gateway/cedar-policies.ts";
import { GatewayPolicies } from "../../../components/gateway/gateway-policies.ts";
import { PolicyEngine } from "../../../components/gateway/policy-engine.ts";
import { awsOf, planned } from "../planned.ts";
import { gateway, testTenant } from "../tenant-programs.ts";

const POLICY = "aws:bedrock/agentcorePolicy:AgentcorePolicy";

describe("GatewayPolicies", () => {
  it("permit tools of their gateway, once it has targets", async () => {
    const it = await planned((opts) => {
      const context = testTenant(opts);
      const target = new aws.sns.Topic("target", {}, { provider: awsOf(opts) });
      const tools = [{ name: "files___read", scope: "mcp:read" }] as const;
      const policies = cedarPolicies({ tenant: "xyz-gmbh", tools });
      const engine = new PolicyEngine("engine", { ...context, scenario: "b2b" }, opts);
      new GatewayPolicies("internal", { gateway: gateway(context, opts), engine, policies, targets: [target] }, opts);
    });
    expect(it.names(POLICY)).toEqual(["internal-mcp-read-1", "internal-only-tenant"]);
    const policy = it.one(POLICY, "internal-mcp-read-1");
    expect(policy.inputs).toMatchObject({ name: "mcp_read_1", validationMode: "FAIL_ON_ANY_FINDINGS" });
    expect(JSON.stringify(policy.inputs["definition"])).toMatch(
      /AgentCore::Action::\\"files___read\\".*arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway\/xyz-gmbh-internal-/,
    );
    expect(policy.dependencies).toContain(it.one("aws:sns/topic:Topic", "target").urn);
  });
});
