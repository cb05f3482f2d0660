import * as aws from "@pulumi/aws";
import { gatewaysEnforcePolicies } from "../../../policies/premise-1-gateway-only/gateways-enforce-policies.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served } from "../programs.ts";

interface Settings {
  readonly mode?: string;
  readonly policies?: number;
  readonly gateways?: readonly string[];
}

function enforced({ mode = "ENFORCE", policies = 1, gateways = ["mcp"] }: Settings = {}): void {
  const opts = served();
  const engine = new aws.bedrock.AgentcorePolicyEngine("engine", {}, opts);
  for (let i = 0; i < policies; i += 1) {
    const definition = { cedar: { statement: "forbid(principal, action, resource);" } };
    new aws.bedrock.AgentcorePolicy(`policy-${i}`, { policyEngineId: engine.policyEngineId, definition }, opts);
  }
  for (const it of gateways) gatewayOf(it, opts, { policyEngineConfiguration: { arn: engine.policyEngineArn, mode } });
}

const MODE = '"mcp" must enforce what its policy engine decides.';
const OWN = '"mcp" must have a policy engine of its own stack.';
const FOREIGN = "arn:aws:bedrock-agentcore:eu-west-1:444455556666:policy-engine/other-0a1b2c3d4e";

testRule(gatewaysEnforcePolicies, {
  accepts: { "an engine of its own that is enforced": () => enforced() },
  rejects: {
    "no engine": [() => void gatewayOf("mcp", served()), MODE, OWN],
    "an engine that only writes down what it would decide": [() => enforced({ mode: "LOG_ONLY" }), MODE],
    "an engine of somebody else": [
      () => void gatewayOf("mcp", served(), { policyEngineConfiguration: { arn: FOREIGN, mode: "ENFORCE" } }),
      OWN,
    ],
    "an engine without policies": [() => enforced({ policies: 0 }), '"mcp" must have policies in its engine.'],
    "an engine that another gateway has, too": [
      () => enforced({ gateways: ["mcp", "other"] }),
      '"mcp" must share its policy engine with no other gateway.',
      '"other" must share its policy engine with no other gateway.',
    ],
  },
});
