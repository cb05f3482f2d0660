import { SCENARIOS } from "../../contracts/scenarios.ts";
import * as z from "zod";
import { CALLER_KINDS } from "../../contracts/agents/caller.ts";
import { jsonText } from "../libraries/mcp-host/config.ts";
import { IDENTIFIER } from "../../contracts/identifiers.ts";
import { leastLevel } from "../../contracts/records/log-line.ts";
import { isRecord } from "../../contracts/json.ts";

/** Keys come by TLS, or from this very machine. */
const keysUrl = z.union([
  z.url({ protocol: /^https$/ }),
  z.url({ protocol: /^http$/, hostname: /^(?:localhost|127\.0\.0\.1)$/ }),
]);
const words = z
  .string()
  .transform((it) => it.split(/[\s,]+/).filter((word) => word !== ""))
  .pipe(z.array(z.string()).min(1));

/** What depends on several variables is told even if others are at fault. */
const isObject = ({ value }: { readonly value: unknown }): boolean => isRecord(value);

/** An agent: its name, its release, and on whose behalf it may call. */
const agentClientSchema = z.strictObject({
  agent: z.string().regex(IDENTIFIER.role),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  actsFor: z.array(z.enum(CALLER_KINDS)).readonly(),
});

/** An agent among the clients of a gateway, as `AGENT_CLIENTS` has it. */
export type AgentClientEntry = z.infer<typeof agentClientSchema>;

/** The environment of the function; what is missing or wrong is reported all at once. */
const environmentSchema = z
  .object({
    TENANT_ID: z.string().regex(IDENTIFIER.tenantId),
    SCENARIO: z.enum(SCENARIOS),
    ISSUER_PROFILE: z.enum(["keycloak", "cognito", "rfc9068"]),
    ISSUER: z.url({ protocol: /^https?$/ }),
    JWKS_URL: keysUrl,
    /** Either an audience, or clients and the prefix of their scopes. */
    AUDIENCE: z.string().min(1).optional(),
    CLIENTS: words.optional(),
    SCOPE_PREFIX: z.string().min(1).optional(),
    SCOPES: words.pipe(z.array(z.string().regex(IDENTIFIER.scope))),
    CONTEXT_ISSUER: z.string().min(1),
    /** The KMS key that certifies the function's own key. */
    CONTEXT_KEY_ARN: z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/),
    /** By which the contexts of people are verified that agents show: the BFFs' keys, SPKI in PEM one after the other. */
    BFF_PUBLIC_KEYS: z.string().startsWith("-----BEGIN PUBLIC KEY-----").optional(),
    /** The agents among the clients, as a JSON object by client id. */
    AGENT_CLIENTS: jsonText.pipe(z.record(z.string().regex(IDENTIFIER.clientId), agentClientSchema)).default({}),
    /** The name of the environment in which the agents are deployed. */
    DEPLOYMENT_ENV: z.string().regex(IDENTIFIER.role).default("unknown"),
    /** The tenant's DynamoDB table: its entry in the directory, and the counters of its quotas. */
    TENANT_TABLE: z.string().min(3),
    LOG_LEVEL: leastLevel,
  })
  .refine((it) => it.AUDIENCE !== undefined || (it.CLIENTS !== undefined && it.SCOPE_PREFIX !== undefined), {
    message: "must be set, or CLIENTS and SCOPE_PREFIX",
    path: ["AUDIENCE"],
    when: isObject,
  })
  .refine((it) => it.ISSUER_PROFILE !== "cognito" || (it.SCOPE_PREFIX !== undefined && it.CLIENTS !== undefined), {
    message: "must be set, with CLIENTS, for cognito",
    path: ["SCOPE_PREFIX"],
    when: isObject,
  });

/** What the function is given by its environment. */
export type Config = z.output<typeof environmentSchema>;

/** The variables that infra must supply. */
export type InterceptorEnvironment = z.input<typeof environmentSchema>;

/** Reads the environment, or throws a `TypeError` that names every fault. */
export function readConfig(environment: { readonly [name: string]: string | undefined }): Config {
  const result = environmentSchema.safeParse(environment);
  if (result.success) return result.data;
  const faults = result.error.issues.map((it) => `${it.path.join(".")}: ${it.message}`);
  throw new TypeError(`the environment is not complete:\n${faults.join("\n")}`);
}
