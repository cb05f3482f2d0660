import * as z from "zod";
import { DatabasePlace } from "../mcp/database/config.ts";

/** What the function must be given; every fault is reported at once. */
export const SetupConfig = DatabasePlace.extend({
  /** The secret in which Amazon RDS keeps the administrator's password. */
  DATABASE_MASTER_SECRET: z.string().min(1),
  /** The secret in which the server's keys are, or will be. */
  DATABASE_SECRET: z.string().min(1),
});

/** The names that `infra` must supply. */
export type SetupEnvironment = z.input<typeof SetupConfig>;
