import * as z from "zod";
import { ABSENT_CLUSTER, type Caller } from "./cloud/caller.ts";
import type { Store } from "./store/store.ts";
import type { Values } from "./wire.ts";

/** The packages whose providers the sandbox replaces. */
export const PACKAGES = ["aws", "eks", "keycloak", "kubernetes"] as const;

/** A package whose provider the sandbox replaces. */
export type SandboxPackage = (typeof PACKAGES)[number];

/** A provider's setting from which its account or region cannot be read. */
export class ConfigurationError extends TypeError {
  readonly code = "ERR_CONFIGURATION";
  readonly property: string;
  readonly reason: string;

  constructor(property: string, reason: string) {
    super(`${property}: ${reason}`);
    this.name = "ConfigurationError";
    this.property = property;
    this.reason = reason;
  }
}

const KUBECONFIG = z.object({ clusters: z.array(z.object({ cluster: z.object({ server: z.url() }) })).min(1) });
const ACCOUNTS = z.array(z.string().regex(/^\d{12}$/, "an account id has 12 digits")).min(1);
const DEFAULT_TAGS = z.object({ tags: z.record(z.string(), z.string()).optional() });

/** The account of a provider that names none: the one that AWS uses in its documentation. */
const DOCUMENTATION_ACCOUNT = "123456789012";

/** The account, region and default tags that a provider's configuration stands for; throws `ConfigurationError` where it does not name them. */
export function callerOf(pkg: SandboxPackage, config: Values, store: Store): Caller {
  switch (pkg) {
    case "aws":
      return awsCaller(config);
    case "eks":
      // Its components consist of resources of other packages, which have providers of their own.
      return { account: "eks", region: "eks", defaultTags: {} };
    case "kubernetes":
      return kubernetesCaller(config, store);
    case "keycloak":
      return { account: "keycloak", region: keycloakHost(required(config, "url")), defaultTags: {} };
  }
}

function awsCaller(config: Values): Caller {
  const accounts =
    config["allowedAccountIds"] === undefined
      ? [DOCUMENTATION_ACCOUNT]
      : read(ACCOUNTS, config["allowedAccountIds"], "allowedAccountIds");
  const { tags } = config["defaultTags"] === undefined ? {} : read(DEFAULT_TAGS, config["defaultTags"], "defaultTags");
  return { account: accounts[0] ?? DOCUMENTATION_ACCOUNT, region: required(config, "region"), defaultTags: tags ?? {} };
}

function kubernetesCaller(config: Values, store: Store): Caller {
  const { clusters } = read(KUBECONFIG, required(config, "kubeconfig"), "kubeconfig");
  const server = clusters[0]?.cluster.server ?? "";
  const cluster = store.find(server);
  if (cluster === undefined) return { account: ABSENT_CLUSTER, region: new URL(server).host, defaultTags: {} };
  return { account: cluster.account, region: `${cluster.region}/${cluster.id}`, defaultTags: {} };
}

function keycloakHost(url: string): string {
  if (!URL.canParse(url)) throw new ConfigurationError("url", "must be an absolute URL");
  return new URL(url).host;
}

function required(config: Values, key: string): string {
  const value = config[key];
  if (value === undefined || value === "") throw new ConfigurationError(key, "missing required property");
  if (typeof value !== "string") throw new ConfigurationError(key, "must be a string");
  return value;
}

/** A setting by its schema: the SDK sends everything that is not a string as JSON text. */
function read<T>(schema: z.ZodType<T>, value: unknown, key: string): T {
  const result = schema.safeParse(typeof value === "string" ? parsed(value, key) : value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => [...path, message].join(": "));
  throw new ConfigurationError(key, faults.join("; "));
}

function parsed(text: string, key: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ConfigurationError(key, `must be JSON text (${error instanceof Error ? error.message : String(error)})`);
  }
}
