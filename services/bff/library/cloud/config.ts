import * as z from "zod";
import { leastLevel } from "../../../../contracts/records/log-line.ts";

/** What the process of every BFF in the cloud is given beside its own configuration; the AWS SDK reads addresses of endpoints itself. */
export const CLOUD_VARIABLES = {
  AWS_REGION: z.string().min(1),
  /** On Amazon EKS agents are called with a token of the workload, on AgentCore Runtime by requests that its role signs. */
  AGENT_HOSTING: z.enum(["eks", "runtime"]),
  /** Name of the function with the workload's own tokens. */
  TOKEN_FUNCTION: z.string().min(1),
  /** The `iss` of the context tokens that are signed here. */
  CONTEXT_ISSUER: z.string().min(1),
  /** The KMS key that certifies the key of this process. */
  CONTEXT_KEY_ARN: z.string().startsWith("arn:"),
  /** Name of the tenant's bus of events. */
  EVENT_BUS: z.string().min(1),
  AWS_ENDPOINT_URL_DYNAMODB: z.url(),
  /** Requests that may come twice, and counters of quotas. */
  IDEMPOTENCY_TABLE: z.string().min(1),
  LOG_LEVEL: leastLevel,
} as const;

/** What they are, once read. */
export type CloudVariables = {
  readonly [Name in keyof typeof CLOUD_VARIABLES]: z.output<(typeof CLOUD_VARIABLES)[Name]>;
};

/** The configuration of a process, from its environment. Throws `TypeError` that names each variable at fault, and the value of none. */
export function configFrom<Schema extends z.ZodType>(schema: Schema, environment: NodeJS.ProcessEnv): z.output<Schema> {
  const read = schema.safeParse(environment);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  throw new TypeError(`the configuration is not sound: ${faults.join("; ")}`);
}
