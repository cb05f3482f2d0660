import { TAG } from "../../../../contracts/tags.ts";
import type { Described } from "../../programs.ts";
import { ACCOUNT } from "../isolation/resources.ts";

const AGENTCORE = `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}`;

/** The ARN of such a gateway. */
export function gatewayArn(name: string): string {
  return `${AGENTCORE}:gateway/${name}`;
}

/** A gateway with its engine, and the policies of that. */
export function gatewayWith(name: string, ...statements: readonly unknown[]): readonly Described[] {
  const engine = `${AGENTCORE}:policy-engine/${name}-engine`;
  return [
    {
      type: "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine",
      name: `${name}-engine`,
      outputs: { policyEngineArn: engine, id: `${name}-engine` },
    },
    {
      type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
      name,
      inputs: { policyEngineConfiguration: { arn: engine, mode: "ENFORCE" } },
      outputs: { gatewayArn: gatewayArn(name), gatewayId: name },
    },
    ...statements.map((it, i) => policy(`${name}-${i + 1}`, `${name}-engine`, it)),
  ];
}

/** A policy of an engine. */
export function policy(name: string, policyEngineId: string, statement: unknown): Described {
  const inputs = { policyEngineId, definition: { cedar: { statement } } };
  return { type: "aws:bedrock/agentcorePolicy:AgentcorePolicy", name, inputs };
}

/** A target that leads to a runtime of the service in the version. */
export function serverBehind(gateway: string, service: string, version: string): readonly Described[] {
  const arn = `${AGENTCORE}:runtime/${service}`;
  const endpoint = `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${encodeURIComponent(arn)}/invocations`;
  return [
    {
      type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
      name: service,
      inputs: { tags: { [TAG.service]: service, [TAG.version]: version } },
      outputs: { agentRuntimeArn: arn, agentRuntimeId: service },
    },
    {
      type: "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
      name: `${gateway}-${service}`,
      inputs: { gatewayIdentifier: gateway, name: service, targetConfiguration: { mcp: { mcpServer: { endpoint } } } },
    },
  ];
}

/** `permit(…)` on a gateway, with what is said of action and condition. */
export function permit(gateway: string, action: string, condition: string): string {
  return `permit(principal is AgentCore::OAuthUser, ${action}, resource == AgentCore::Gateway::"${gatewayArn(gateway)}") ${condition};`;
}

/** What denies everybody who is not of the tenant. */
export function forbid(gateway: string, unless: string): string {
  return `forbid(principal is AgentCore::OAuthUser, action, resource == AgentCore::Gateway::"${gatewayArn(gateway)}") ${unless};`;
}

/** That a tag has a value. */
export function tag(name: string, value: string): string {
  return `principal.hasTag("${name}") && principal.getTag("${name}") == "${value}"`;
}
