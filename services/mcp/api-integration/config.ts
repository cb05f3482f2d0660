import * as z from "zod";
import { HostConfig, jsonText } from "../../libraries/mcp-host/config.ts";
import { BackendSettings } from "./http/backend-settings.ts";

/** What the API integration server must be given; every fault is reported at once. */
export const ApiIntegrationConfig = HostConfig.extend({
  /** JSON: for the name of each API, where its backend is and what its secret is called. */
  BACKENDS: jsonText.pipe(z.record(z.string(), BackendSettings)),
  /** Folder with `apis.json` and the descriptions; the shipped example without. */
  APIS_FOLDER: z.string().min(1).optional(),
  /** Where the tenant's bucket has the APIs that the tenant brings; without, it brings none. */
  APIS_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional(),
  APIS_KEY: z.string().min(1).optional(),
  /** The SHA-256 of what was judged: nothing else is read. */
  APIS_DIGEST: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  AWS_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
    .optional(),
  /** What stands in for S3 on a laptop; nothing but the same machine, for it is spoken to without TLS. */
  APIS_ENDPOINT: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }).optional(),
  /** Folder with a file per secret, in place of AWS Secrets Manager. */
  SECRETS_FOLDER: z.string().min(1).optional(),
});

/** The names that `infra` must supply. */
export type ApiIntegrationEnvironment = z.input<typeof ApiIntegrationConfig>;
