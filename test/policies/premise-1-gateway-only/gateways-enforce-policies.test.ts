import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { gatewaysEnforcePolicies } from "../../../policies/premise-1-gateway-only/gateways-enforce-policies.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served } from "../programs.ts";

interface Settings {
  readonly mode?: string;
  readonly statements?: readonly string[];
  readonly gateways?: readonly string[];
  /** Whose ARN the gateways name, where it is not the engine's. */
  readonly arn?: string;
}

const PERMIT =
  'permit(principal is AgentCore::OAuthUser, action in [AgentCore::Action::"a___b"], RESOURCE) when { true };';
const FORBID = "forbid(principal is AgentCore::OAuthUser, action, RESOURCE) unless { true };";

function enforced({ mode = "ENFORCE", statements = [FORBID, PERMIT], gateways = ["mcp"], arn }: Settings = {}): void {
  const opts = served();
  const engine = new aws.bedrock.AgentcorePolicyEngine("engine", {}, opts);
  // A dependency on the engine is no proof that it is the engine.
  const engineArn = engine.policyEngineArn.apply((it) => arn ?? it);
  const [gateway] = gateways.map((it) => gatewayOf(it, opts, { policyEngineConfiguration: { arn: engineArn, mode } }));
  statements.forEach((statement, i) => {
    const resource = pulumi.interpolate`resource == AgentCore::Gateway::"${gateway?.gatewayArn ?? ""}"`;
    const definition = { cedar: { statement: resource.apply((it) => statement.replace("RESOURCE", it)) } };
    new aws.bedrock.AgentcorePolicy(`policy-${i}`, { policyEngineId: engine.policyEngineId, definition }, opts);
  });
}

const MODE = '"mcp" must enforce what its policy engine decides.';
const OWN = '"mcp" must have a policy engine of its own stack.';
const NARROW =
  '"mcp" must have only policies that name it, and permits that name their actions and a condition: not "policy-0".';
const FOREIGN = "arn:aws:bedrock-agentcore:eu-west-1:444455556666:policy-engine/other-0a1b2c3d4e";

testRule(gatewaysEnforcePolicies, {
  accepts: {
    "an engine of its own that is enforced": () => enforced(),
    "a policy in another layout": () =>
      enforced({
        statements: [
          '// Readers\npermit (\n  principal,\n  action in [\n    AgentCore::Action::"a___b"\n  ],\n  RESOURCE\n)\nwhen { principal.hasTag("scope") };',
          PERMIT.replace('action in [AgentCore::Action::"a___b"]', 'action == AgentCore::Action::"a___b"'),
        ],
      }),
  },
  rejects: {
    "no engine": [() => void gatewayOf("mcp", served()), MODE, OWN],
    "an engine that only writes down what it would decide": [() => enforced({ mode: "LOG_ONLY" }), MODE],
    "an engine of somebody else": [
      () => void gatewayOf("mcp", served(), { policyEngineConfiguration: { arn: FOREIGN, mode: "ENFORCE" } }),
      OWN,
    ],
    "an engine of somebody else, computed from its own": [() => enforced({ arn: FOREIGN }), OWN],
    "an engine without policies": [() => enforced({ statements: [] }), '"mcp" must have policies in its engine.'],
    "a policy that permits everything": [
      () => enforced({ statements: ["permit(principal, action, resource);"] }),
      NARROW,
    ],
    "a policy that permits every action": [
      () => enforced({ statements: ["permit(principal, action, RESOURCE) when { true };"] }),
      NARROW,
    ],
    "a policy without a condition": [
      () => enforced({ statements: ['permit(principal, action == AgentCore::Action::"a___b", RESOURCE);'] }),
      NARROW,
    ],
    "a policy for another gateway": [
      () => enforced({ statements: [PERMIT.replace("RESOURCE", 'resource == AgentCore::Gateway::"other"')] }),
      NARROW,
    ],
    "a policy with a second statement behind the first": [
      () => enforced({ statements: [`${PERMIT} permit(principal, action, resource);`] }),
      NARROW,
    ],
    "an engine that another gateway has, too": [
      () => enforced({ gateways: ["mcp", "other"] }),
      '"mcp" must share its policy engine with no other gateway.',
      '"other" must share its policy engine with no other gateway.',
    ],
  },
});
