import * as z from "zod";

const clients = z.record(z.string().startsWith("arn:"), z.string().min(1));

/** What the function must be given; every fault is reported at once. */
export const RotationConfig = z.object({
  /** The user pool of the clients. */
  USER_POOL_ID: z.string().min(1),
  /** The token endpoint of the pool, at which a new secret is tried. */
  TOKEN_URL: z.url(),
  /** A JSON object: the id of the client by the ARN of the secret that holds its secret. */
  CLIENTS: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "must be a JSON object" });
        return z.NEVER;
      }
    })
    .pipe(clients),
});

/** The names that `infra` must supply. */
export type RotationEnvironment = z.input<typeof RotationConfig>;
