import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import type { CustomCall } from "../services.ts";
import { meaningOf } from "../terms.ts";

/** Explains one term. */
export const explainTerm = defineTool({
  name: "explain-term",
  title: "Explain a term",
  description: "Tells what a term means here.",
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: [],
  input: z.object({ term: z.string().min(1).max(64) }),
  output: z.object({ term: z.string(), meaning: z.string() }),
  run: ({ term }, { services }: CustomCall) => Promise.resolve({ term, meaning: meaningOf(services.terms, term) }),
});
