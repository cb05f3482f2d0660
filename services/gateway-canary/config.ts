import * as z from "zod";
import { SCENARIOS } from "../../contracts/scenarios.ts";

/** What the function must be given; every fault is reported at once. */
export const GatewayCanaryConfig = z.object({
  /** The id of the canary's client at the user pool. */
  CLIENT_ID: z.string().min(1),
  /** The ARN of the secret that holds the client's secret. */
  CLIENT_SECRET_ARN: z.string().min(1),
  /** The token endpoint of the pool. */
  TOKEN_URL: z.url(),
  /** The gateway whose tools are listed. */
  CANARY_GATEWAY_URL: z.url(),
  /** Under which names the result is measured. */
  TENANT_ID: z.string().min(1),
  SCENARIO: z.enum(SCENARIOS),
  DEPLOYMENT_ENV: z.string().min(1),
});

/** The names that `infra` must supply. */
export type GatewayCanaryEnvironment = z.input<typeof GatewayCanaryConfig>;
