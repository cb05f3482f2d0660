import { AgentCard } from "@a2a-js/sdk";
import { A2A_SCOPE } from "../../../contracts/agents/identity.ts";
import { TOOL_EVENTS } from "../../../contracts/agents/events.ts";

/** One thing that an agent is good at. */
export interface Skill {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly examples: readonly string[];
}

/** What an agent says of itself. */
export interface AgentDescription {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly skills: readonly Skill[];
}

/** The media types that agents take and give: text and JSON. */
const MODES = ["text/plain", "application/json"];

/** The card of an agent (A2A 1.0, 4.4) that is reached at `url`. */
export function cardOf({ name, description, version, skills }: AgentDescription, url: string): AgentCard {
  return AgentCard.fromJSON({
    name,
    description,
    version,
    supportedInterfaces: [{ url, protocolBinding: "JSONRPC", protocolVersion: "1.0" }],
    capabilities: {
      streaming: true,
      pushNotifications: false,
      extendedAgentCard: false,
      extensions: [{ uri: TOOL_EVENTS, description: "tells of tools and why they were allowed", required: false }],
    },
    securitySchemes: {
      workload: {
        httpAuthSecurityScheme: {
          scheme: "Bearer",
          bearerFormat: "JWT",
          description: `a workload's token: ${A2A_SCOPE}`,
        },
      },
      person: {
        apiKeySecurityScheme: { location: "header", name: "X-User-Context", description: "on whose behalf, signed" },
      },
    },
    securityRequirements: [{ schemes: { workload: { list: [A2A_SCOPE] }, person: { list: [] } } }],
    defaultInputModes: MODES,
    defaultOutputModes: MODES,
    skills,
  });
}
