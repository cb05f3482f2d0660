import { isRecord } from "../../../contracts/json.ts";
import { type Behaviours, type Draft, alphanumeric, arn, text } from "./behaviour.ts";

const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const ENGINE = "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine";
const SERVICE = "bedrock-agentcore";

/** Amazon Bedrock AgentCore: most ids are the name, a hyphen and ten characters. */
export const AGENTCORE: Behaviours = {
  [GATEWAY]: {
    arnOutput: "gatewayArn",
    autoname: "name",
    unique: ["name"],
    id: (it) => `${text(it, "name").toLowerCase()}-${alphanumeric(it, 10)}`,
    outputs: (it) => ({
      gatewayArn: arn(SERVICE, it, `gateway/${it.id}`),
      gatewayId: it.id,
      gatewayUrl: `https://${it.id}.gateway.bedrock-agentcore.${it.region}.amazonaws.com${it.inputs["protocolType"] === "MCP" ? "/mcp" : ""}`,
      workloadIdentityDetails: identity(it),
    }),
    // The API refuses to change the type of an existing gateway's authorizer.
    replaces: ["name", "authorizerType"],
  },
  "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget": {
    autoname: "name",
    unique: ["gatewayIdentifier+name"],
    id: (it) => alphanumeric(it, 10).toUpperCase(),
    outputs: (it) => ({ targetId: it.id }),
    references: { gatewayIdentifier: GATEWAY },
    replaces: ["gatewayIdentifier", "name"],
  },
  [RUNTIME]: {
    arnOutput: "agentRuntimeArn",
    unique: ["agentRuntimeName"],
    id: (it) => `${text(it, "agentRuntimeName")}-${alphanumeric(it, 10)}`,
    outputs: (it) => ({
      agentRuntimeArn: arn(SERVICE, it, `runtime/${it.id}`),
      agentRuntimeId: it.id,
      agentRuntimeVersion: "1",
      workloadIdentityDetails: identity(it),
    }),
    replaces: ["agentRuntimeName"],
  },
  "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint": {
    arnOutput: "agentRuntimeEndpointArn",
    autoname: "name",
    separator: "_",
    unique: ["agentRuntimeId+name"],
    id: (it) => `${text(it, "agentRuntimeId")},${text(it, "name")}`,
    outputs: (it) => ({
      agentRuntimeArn: arn(SERVICE, it, `runtime/${text(it, "agentRuntimeId")}`),
      agentRuntimeEndpointArn: arn(
        SERVICE,
        it,
        `runtime/${text(it, "agentRuntimeId")}/runtime-endpoint/${text(it, "name")}`,
      ),
    }),
    references: { agentRuntimeId: RUNTIME },
    replaces: ["agentRuntimeId", "name"],
  },
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": {
    unique: ["resourceArn"],
    id: (it) => text(it, "resourceArn"),
    replaces: ["resourceArn"],
  },
  [ENGINE]: {
    arnOutput: "policyEngineArn",
    autoname: "name",
    separator: "_",
    unique: ["name"],
    id: (it) => `${text(it, "name")}-${alphanumeric(it, 10)}`,
    outputs: (it) => ({ policyEngineArn: arn(SERVICE, it, `policy-engine/${it.id}`), policyEngineId: it.id }),
    replaces: ["name"],
  },
  "aws:bedrock/agentcorePolicy:AgentcorePolicy": {
    arnOutput: "policyArn",
    autoname: "name",
    separator: "_",
    id: (it) => `${text(it, "name")}-${alphanumeric(it, 10)}`,
    outputs: (it) => ({
      policyArn: arn(SERVICE, it, `policy-engine/${text(it, "policyEngineId")}/policy/${it.id}`),
      policyId: it.id,
    }),
    references: { policyEngineId: ENGINE },
    replaces: ["policyEngineId", "name"],
  },
};

function identity(it: Draft & { readonly id: string }): readonly unknown[] {
  return [{ workloadIdentityArn: arn(SERVICE, it, `workload-identity-directory/default/workload-identity/${it.id}`) }];
}

/** What an update of a runtime changes beside its inputs: each change creates the next version. Empty for other types. */
export function nextRuntimeVersion(type: string, outputs: unknown): Readonly<Record<string, unknown>> {
  if (type !== RUNTIME || !isRecord(outputs)) return {};
  return { agentRuntimeVersion: String(Number(outputs["agentRuntimeVersion"] ?? 0) + 1) };
}
