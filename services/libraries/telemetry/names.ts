/**
 * Names of OpenTelemetry's semantic conventions for generative AI and MCP, as they are at commit 066d4a7f of
 * open-telemetry/semantic-conventions-genai: all are in development and may change, so that they are here and nowhere else.
 * A2A has no conventions of its own; its calls are those of JSON-RPC (semantic conventions, "RPC").
 */
export const ATTRIBUTE = {
  agentId: "gen_ai.agent.id",
  agentName: "gen_ai.agent.name",
  agentVersion: "gen_ai.agent.version",
  conversation: "gen_ai.conversation.id",
  errorType: "error.type",
  eventId: "cloudevents.event_id",
  eventSource: "cloudevents.event_source",
  eventType: "cloudevents.event_type",
  inputTokens: "gen_ai.usage.input_tokens",
  mcpMethod: "mcp.method.name",
  mcpProtocol: "mcp.protocol.version",
  model: "gen_ai.request.model",
  operation: "gen_ai.operation.name",
  outputTokens: "gen_ai.usage.output_tokens",
  provider: "gen_ai.provider.name",
  rpcMethod: "rpc.method",
  rpcStatus: "rpc.response.status_code",
  rpcSystem: "rpc.system.name",
  scenario: "alicerce.scenario",
  serverAddress: "server.address",
  /** Ours: whose span it is. */
  tenant: "alicerce.tenant.id",
  toolCallId: "gen_ai.tool.call.id",
  toolName: "gen_ai.tool.name",
} as const;

/** The attribute by which X-Ray finds the traces of a tenant, once it is named as an annotation; its name is one of X-Ray's own (no dots). */
export const TENANT_ANNOTATION = "tenant_id";

/** The attribute that names those which X-Ray is to index (OpenTelemetry's exporter for AWS X-Ray, `aws.xray.annotations`). */
export const ANNOTATIONS = "aws.xray.annotations";

/** Values of `gen_ai.operation.name`. */
export const OPERATION = { invokeAgent: "invoke_agent", executeTool: "execute_tool" } as const;

/** `error.type` of a tool that answers with `isError`. */
export const TOOL_ERROR = "tool_error";
