import type { Environment } from "../../../environments/schema.ts";
import type { Finding, Layer } from "../check.ts";
import type { Image } from "../images.ts";
import { lookAtAccount } from "./account.ts";
import { aws as awsOf } from "./aws.ts";
import { lookAtModels } from "./models.ts";
import { lookAtQuotas } from "./quotas.ts";
import { lookAtRegions } from "./regions.ts";
import { lookAtRegistries } from "./registries.ts";
import { lookAtVersionAtAws } from "./version-at-aws.ts";

/** Whose account is looked at. */
export interface CloudQuestion {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly environment: Environment;
  /** The layers of the stacks that are meant: those of regions and tenants alone run images, and those of tenants alone call models. */
  readonly layers: readonly Layer[];
  /** The images that they run. */
  readonly images: readonly Image[];
}

/** Looks at an environment's account: whose it is, its regions, quotas, models, images and versions of Kubernetes. */
export async function lookAtCloud({ env, environment, layers, images }: CloudQuestion): Promise<readonly Finding[]> {
  const aws = awsOf(env);
  const account = await lookAtAccount(aws, environment);
  if (account.some((it) => it.check === "credentials" && it.outcome === "missing")) {
    const rest = ["regions", "quotas", "models"];
    const untold = { outcome: "not looked at", detail: "without credentials nothing can be asked" } as const;
    return [...account, ...rest.map((check): Finding => ({ check, ...untold }))];
  }
  const cloud = await Promise.all([
    lookAtRegions(aws, environment),
    lookAtQuotas(aws, environment),
    layers.includes("tenant") ? lookAtModels(aws, environment) : [],
    lookAtVersionAtAws(aws, environment),
    lookAtRegistries(aws, environment, images),
  ]);
  return [...account, ...cloud.flat()];
}
