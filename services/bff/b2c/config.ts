import * as z from "zod";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import { BFF_PORT } from "../../../contracts/ports.ts";
import type { B2cEnvironment } from "../../../contracts/bff/environment.ts";
import { jsonText, wordList } from "../../libraries/mcp-host/config.ts";
import { CLOUD_VARIABLES } from "../library/cloud/config.ts";

/** What the BFF for consumers must be given; every fault is reported at once. Secrets are named, never given. */
export const ConsumerBffConfig = z.object({
  TENANT_ID: z.string().regex(IDENTIFIER.tenantId),
  /** Where browsers find it. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((it) => new URL(it).origin),
  /** The tenant's user pool, and the BFF's client there. */
  ISSUER: z.url(),
  CLIENT_ID: z.string().min(1),
  /** By whom else than the pool consumers have themselves signed in, as the pool names them. */
  SIGN_IN_PROVIDERS: jsonText.default([]).pipe(z.array(z.string().min(1)).readonly()),
  /** The clients of apps, whose access tokens are accepted, and what goes before their scopes at the pool; without both there are no apps. */
  APP_CLIENTS: wordList.optional(),
  SCOPE_PREFIX: z.string().min(1).optional(),
  /** Where the agents speak A2A, by name; consumers talk to the coordinator. */
  AGENTS: jsonText.pipe(z.object({ coordinator: z.url() })),
  /** What answers: the page names a scripted model as one. */
  ANSWERS_FROM: z.enum(["model", "scripted-model"]).default("model"),
  /** Origins whose pages may call the API. */
  ALLOWED_ORIGINS: wordList.optional(),
  PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  ANONYMOUS_PER_HOUR: z.coerce.number().int().positive().default(100),
  SIGNED_IN_PER_HOUR: z.coerce.number().int().positive().default(1_000),
  PORT: z.coerce.number().int().min(0).max(65_535).default(BFF_PORT),
});

/** The names of what it must be given, on a laptop as in the cloud. */
export type ConsumerBffEnvironment = z.input<typeof ConsumerBffConfig>;

/** What its process in the cloud must be given. */
export const ConsumerCloudConfig = ConsumerBffConfig.extend({ ...CLOUD_VARIABLES, SESSIONS_TABLE: z.string().min(1) });

/** What the plan says that it gives is what the process wants. */
export type Supplied =
  B2cEnvironment extends Pick<z.input<typeof ConsumerCloudConfig>, keyof B2cEnvironment> ? true : never;
