import type { Environment } from "../../../environments/schema.ts";
import type { Finding } from "../check.ts";
import { lookAtAccount } from "./account.ts";
import { aws as awsOf } from "./aws.ts";
import { lookAtModels } from "./models.ts";
import { lookAtQuotas } from "./quotas.ts";
import { lookAtRegions } from "./regions.ts";
import { lookAtVersionAtAws } from "./version-at-aws.ts";

/** Whose account is looked at. */
export interface CloudQuestion {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly environment: Environment;
  /** Whether stacks of tenants are meant too, which alone run images and call models. */
  readonly hasTenants: boolean;
}

/** Looks at an environment's account: whose it is, its regions, quotas, models and versions of Kubernetes. */
export async function lookAtCloud({ env, environment, hasTenants }: CloudQuestion): Promise<readonly Finding[]> {
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
    hasTenants ? lookAtModels(aws, environment) : [],
    lookAtVersionAtAws(aws, environment),
  ]);
  return [...account, ...cloud.flat()];
}
