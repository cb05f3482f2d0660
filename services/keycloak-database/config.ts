import * as z from "zod";
import { DatabasePlace } from "../mcp/database/config.ts";

/** What the function must be given; every fault is reported at once. */
export const KeycloakDatabaseConfig = DatabasePlace.extend({
  /** The secret in which Amazon RDS keeps the administrator's password. */
  DATABASE_MASTER_SECRET: z.string().min(1),
  /** Who is let in. */
  DATABASE_USER: z.string().regex(/^[a-z_]{1,63}$/),
});
