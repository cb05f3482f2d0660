import { z } from "zod";
import type { Caller } from "./cloud/cloud.ts";
import type { Store } from "./store/store.ts";
import type { Values } from "./wire.ts";

/** The packages for which the sandbox stands in. */
export type SandboxPackage = "aws" | "eks" | "keycloak" | "kubernetes";

const KUBECONFIG = z.object({ clusters: z.array(z.object({ cluster: z.object({ server: z.url() }) })).min(1) });
const ACCOUNTS = z.array(z.string()).min(1);
const DEFAULT_TAGS = z.object({ tags: z.record(z.string(), z.string()).optional() });

/** The account of a Kubernetes cluster that does not exist yet: it can be foreseen what is in it, but nothing can be made there. */
export const UNMADE = "unmade";

/** What a provider's configuration means for the cloud: in whose name and where it acts; throws `TypeError` when it is not enough. */
export function callerOf(pkg: SandboxPackage, config: Values, store: Store): Caller {
  switch (pkg) {
    case "aws":
    case "eks":
      return awsCaller(config);
    case "kubernetes":
      return kubernetesCaller(config, store);
    case "keycloak":
      return { account: "keycloak", region: new URL(required(config, "url")).host, defaultTags: {} };
  }
}

/** The account of a provider that names none: AWS's own for documentation. */
const DOCUMENTATION_ACCOUNT = "123456789012";

function awsCaller(config: Values): Caller {
  const accounts =
    config["allowedAccountIds"] === undefined
      ? [DOCUMENTATION_ACCOUNT]
      : ACCOUNTS.parse(json(config["allowedAccountIds"]));
  const { tags } = config["defaultTags"] === undefined ? {} : DEFAULT_TAGS.parse(json(config["defaultTags"]));
  return { account: accounts[0] ?? DOCUMENTATION_ACCOUNT, region: required(config, "region"), defaultTags: tags ?? {} };
}

function kubernetesCaller(config: Values, store: Store): Caller {
  const { clusters } = KUBECONFIG.parse(json(required(config, "kubeconfig")));
  const server = clusters[0]?.cluster.server ?? "";
  const cluster = store.find(server);
  if (cluster === undefined) return { account: UNMADE, region: new URL(server).host, defaultTags: {} };
  return { account: cluster.account, region: `${cluster.region}/${cluster.id}`, defaultTags: {} };
}

function required(config: Values, key: string): string {
  const value = config[key];
  if (typeof value !== "string" || value === "") throw new TypeError(`provider configuration lacks "${key}"`);
  return value;
}

function json(value: unknown): unknown {
  return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
}
