import * as z from "zod";
import type { AgentEnvironment } from "../../../contracts/agents/environment.ts";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import { leastLevel } from "../../../contracts/records/log-line.ts";
import { A2A_PORT } from "../../../contracts/ports.ts";
import { agentUrl } from "../agent-client/agent-url.ts";
import { jsonText } from "../mcp-host/config.ts";

/** Where an agent is, or what is wrong with the text that should say it. */
function urlOfAgent(address: string, context: z.RefinementCtx): URL {
  try {
    return agentUrl(address);
  } catch {
    context.addIssue({ code: "custom", message: "must be the URL of an agent or the ARN of a runtime" });
    return z.NEVER;
  }
}

/** What the process of an agent must be given; every fault is reported at once. */
export const AgentConfig = z.object({
  TENANT_ID: z.string().regex(IDENTIFIER.tenantId),
  AWS_REGION: z.string().min(1),
  /** Who has verified the workloads that call: on Amazon EKS the agent itself, on AgentCore Runtime AWS. */
  AGENT_HOSTING: z.enum(["eks", "runtime"]),
  MODEL_ID: z.string().min(1),
  /** The gateways of its scenarios, by scenario. */
  GATEWAY_URL: jsonText.pipe(z.partialRecord(z.enum(["internal", "b2c", "b2b"]), z.url())),
  /** How many calls of each it has under way. */
  GATEWAY_CONCURRENCY: z.coerce.number().int().min(1).max(10_000).optional(),
  /** Name of the function with the agent's own tokens. */
  TOKEN_FUNCTION: z.string().min(1),
  /** The tenant's pool, whose tokens its callers hold. */
  ISSUER: z.url(),
  /** The scope that a caller's token must hold, as the pool writes it. */
  A2A_SCOPE: z.string().regex(/^[^/\s]+\/a2a\.call$/),
  /** Whose context tokens it accepts, and by which public keys: SPKI in PEM, one after the other. */
  BFF_ISSUER: z.string().min(1),
  BFF_PUBLIC_KEYS: z.string().startsWith("-----BEGIN PUBLIC KEY-----"),
  /** Where other agents are, by name, as JSON: URLs or ARNs of runtimes; without it, where Kubernetes finds them in the tenant's namespace. */
  AGENT_URLS: jsonText.pipe(z.record(z.string(), z.string().transform(urlOfAgent))).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(A2A_PORT),
  LOG_LEVEL: leastLevel,
});

/** What the process of an agent must be given in the cloud besides. */
export const CloudAgentConfig = AgentConfig.extend({
  /** Of its tasks, which its processes share. */
  TASKS_TABLE: z.string().min(1),
  /** The AWS SDK reads it itself. */
  AWS_ENDPOINT_URL_DYNAMODB: z.url(),
});

/** The names that a deployment must supply. */
export type AgentVariables = z.input<typeof CloudAgentConfig>;

/** What the deployment says that it gives is what an agent wants. */
export type Supplied =
  AgentEnvironment extends Omit<AgentVariables, "GATEWAY_URL" | "GATEWAY_CONCURRENCY" | "AGENT_URLS" | "PORT">
    ? true
    : never;
