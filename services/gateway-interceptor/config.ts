import * as z from "zod";
import { IDENTIFIER } from "../shared/tenant-context.ts";

const httpsUrl = z.url({ protocol: /^https$/ });
const words = z
  .string()
  .transform((it) => it.split(/[\s,]+/).filter((word) => word !== ""))
  .pipe(z.array(z.string()).min(1));

/** The environment of the function; what is missing or wrong is reported all at once. */
const environmentSchema = z
  .object({
    TENANT_ID: z.string().regex(IDENTIFIER.tenantId),
    SCENARIO: z.enum(["internal", "b2c", "b2b"]),
    ISSUER_PROFILE: z.enum(["keycloak", "cognito", "rfc9068"]),
    ISSUER: httpsUrl,
    JWKS_URL: httpsUrl,
    /** Either an audience, or clients and the prefix of their scopes. */
    AUDIENCE: z.string().min(1).optional(),
    CLIENTS: words.optional(),
    SCOPE_PREFIX: z.string().min(1).optional(),
    SCOPES: words.pipe(z.array(z.string().regex(IDENTIFIER.scope))),
    RESOURCE_METADATA_URL: httpsUrl,
    CONTEXT_ISSUER: z.string().min(1),
    CONTEXT_KEY_ID: z.string().min(1),
    /** Name of the secret that holds the private key of context tokens, PKCS #8 in PEM. */
    CONTEXT_KEY_SECRET: z.string().min(1),
    /** Name of the parameter below which the directory of tenants has an entry for each. */
    TENANT_DIRECTORY: z.string().regex(/^(?:\/[A-Za-z0-9._-]+)+$/),
    /** The file of the catalogue in the function's bundle. */
    CATALOGUE_FILE: z.string().min(1),
    /** The DynamoDB table that counts calls, with the key `key` and time to live by `expire`. */
    QUOTA_TABLE: z.string().min(1),
    AWS_SESSION_TOKEN: z.string().min(1),
  })
  .refine((it) => it.AUDIENCE !== undefined || (it.CLIENTS !== undefined && it.SCOPE_PREFIX !== undefined), {
    message: "must be set, or CLIENTS and SCOPE_PREFIX",
    path: ["AUDIENCE"],
  })
  .refine((it) => it.ISSUER_PROFILE !== "cognito" || (it.SCOPE_PREFIX !== undefined && it.CLIENTS !== undefined), {
    message: "must be set, with CLIENTS, for cognito",
    path: ["SCOPE_PREFIX"],
  });

/** What the function is given by its environment. */
export type Config = z.output<typeof environmentSchema>;

/** The variables that infra must supply. */
export type Variables = z.input<typeof environmentSchema>;

/** Reads the environment, or throws a `TypeError` that names every fault. */
export function readConfig(environment: { readonly [name: string]: string | undefined }): Config {
  const result = environmentSchema.safeParse(environment);
  if (result.success) return result.data;
  const faults = result.error.issues.map((it) => `${it.path.join(".")}: ${it.message}`);
  throw new TypeError(`the environment is not complete:\n${faults.join("\n")}`);
}
