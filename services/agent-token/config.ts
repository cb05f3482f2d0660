import * as z from "zod";

/** What the function must be given; every fault is reported at once. */
export const AgentTokenConfig = z.object({
  /** The id of the agent's client at the user pool. */
  CLIENT_ID: z.string().min(1),
  /** The ARN of the secret that holds the client's secret. */
  CLIENT_SECRET_ARN: z.string().min(1),
  /** The token endpoint of the pool. */
  TOKEN_URL: z.url(),
});

/** The names that `infra` must supply. */
export type AgentTokenEnvironment = z.input<typeof AgentTokenConfig>;
