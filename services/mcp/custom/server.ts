import type { ServerDefinition } from "../../libraries/mcp-host/definition/definition.ts";
import { terms } from "./resources.ts";
import type { CustomServices } from "./services.ts";
import { explainTerm } from "./tools/explain-term.ts";

/** The custom server, as each of its majors offers it. */
export function customServer(version: string): ServerDefinition<CustomServices> {
  return {
    name: "mcp-custom",
    title: "Custom",
    version,
    instructions: "Ask for the meaning of a term before you use it.",
    tools: [explainTerm],
    resources: [terms],
  };
}
