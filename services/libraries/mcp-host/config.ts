import { MCP_PORT } from "../../../contracts/ports.ts";
import * as z from "zod";
import { JsonFault, parseStrictJson } from "../service-kit/strict-json.ts";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import { leastLevel } from "../../../contracts/records/log-line.ts";

/** A list of words, separated by commas. */
export const wordList = z
  .string()
  .transform((it) => it.split(",").map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

/** JSON in a variable, with no name twice. */
export const jsonText = z.string().transform((text, context) => {
  try {
    return parseStrictJson(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof JsonFault ? error.message : "text is not JSON" });
    return z.NEVER;
  }
});

/** What every MCP server must be given; a server's own schema extends it. Every fault is reported at once. */
export const HostConfig = z.object({
  /** The only tenant whose context tokens are accepted. */
  TENANT_ID: z.string().regex(IDENTIFIER.tenantId),
  /** The release that runs: its major decides what is offered. */
  SERVER_VERSION: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** For a major that is retained for a while: the days of its deprecation and removal, as yyyy-mm-dd/yyyy-mm-dd. */
  SERVER_DEPRECATION: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/)
    .transform((it) => ({ on: it.slice(0, 10), removeOn: it.slice(11) }))
    .optional(),
  /** Who signs the context tokens that are accepted. */
  CONTEXT_ISSUER: z.string().min(1),
  /** The public keys, SPKI in PEM one after the other, by which that issuer's delegations are verified. */
  CONTEXT_PUBLIC_KEYS: z.string().startsWith("-----BEGIN PUBLIC KEY-----"),
  /** Host names that requests may name, without ports. */
  ALLOWED_HOSTS: wordList,
  PORT: z.coerce.number().int().min(0).max(65_535).default(MCP_PORT),
  LOG_LEVEL: leastLevel,
});

/** The names that `infra` must supply to every server. */
export type HostEnvironment = z.input<typeof HostConfig>;

/** Of the variables of a server's configuration those that not every server has: what its `needs.ts` must give. */
export type OwnVariables<Environment> = Environment extends unknown
  ? { [Name in keyof Environment as Exclude<Name, keyof HostEnvironment>]: Environment[Name] }
  : never;
