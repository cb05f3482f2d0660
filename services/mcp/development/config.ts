import * as z from "zod";
import { HostConfig, jsonText } from "../../libraries/mcp-host/config.ts";

/** Names and what they stand for, as JSON: `{"gateway":"/aws/vendedlogs/…"}`. */
const table = (value: z.ZodString) =>
  jsonText
    .pipe(z.record(z.string().regex(/^[a-z][a-z0-9-]{0,47}$/), value))
    .transform((it): ReadonlyMap<string, string> => new Map(Object.entries(it)));

const identifier = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
const objectKey = z.string().min(1).max(1_024);

/** What the development server must be given; every fault is reported at once. */
export const DevelopmentConfig = HostConfig.extend({
  AWS_REGION: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  /** The tenant's log groups, by what writes there, as JSON. */
  LOG_GROUPS: table(z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}$/)),
  /** Ids of the tenant's gateways by scenario, as JSON. */
  GATEWAYS: table(identifier),
  /** Ids of the tenant's runtimes by server and major, as JSON. */
  RUNTIMES: table(identifier),
  /** The bucket with what is written down at a deployment. */
  DOCUMENTS_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  /** Object with the contracts of the servers that are offered to the tenant. */
  CONTRACTS_KEY: objectKey,
  /** Object with the verdict on the tenant's stack, as `alicerce plan --json` prints it. */
  PREMISE_REPORT_KEY: objectKey,
});

/** The names that `infra` must supply. */
export type DevelopmentEnvironment = z.input<typeof DevelopmentConfig>;
