import * as z from "zod";

/** What the function must be given; every fault is reported at once. */
export const GuardConfig = z.object({
  /** Base URL of Keycloak's administration. */
  ADMIN_URL: z.url({ protocol: /^https$/ }),
  /** The secret with the id and the secret of the client by which the function logs in. */
  CLIENT_SECRET: z.string().min(1),
  /** The realms that it keeps, separated by commas; none at first. */
  REALMS: z
    .string()
    .default("")
    .transform((it) => it.split(",").filter((realm) => realm !== "")),
});

/** What the secret holds, as JSON. */
export const ClientSecret = z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) });

/** The names that `infra` must supply. */
export type GuardEnvironment = z.input<typeof GuardConfig>;
