import type { AuthProvider } from "@modelcontextprotocol/client";
import { keptTokens, machineTokenSchema } from "./machine-token.ts";

/**
 * The tokens of an agent, from the function that alone knows the secret of its client. `invoke` calls AWS Lambda as the agent's own role
 * and answers with what the function answered, parsed. The token's rejection with a `ZodError` means that it answered something else.
 */
export function functionTokens(invoke: () => Promise<unknown>): AuthProvider {
  const tokens = keptTokens(async () => machineTokenSchema.parse(await invoke()));
  return { token: async () => (await tokens()).access_token };
}
