import { dayOf } from "../../contracts/day.ts";
import type { Environment } from "../../environments/schema.ts";
import { AGENTS, MCP_SERVERS } from "../../releases/releases.ts";
import type { Folders } from "../engine/folders.ts";
import type { Finding } from "./check.ts";
import { lookAtAccount } from "./cloud/account.ts";
import { aws as awsOf } from "./cloud/aws.ts";
import { lookAtModels } from "./cloud/models.ts";
import { lookAtQuotas } from "./cloud/quotas.ts";
import { lookAtRegions } from "./cloud/regions.ts";
import { lookAtVersion, lookAtVersionAtAws } from "./cluster-version.ts";
import { lookAtImages } from "./images.ts";
import { lookAtMachine } from "./machine.ts";

/** What is to be looked at. */
export interface Examination {
  readonly folders: Folders;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** Whose account is looked at as well; absent where no deployment to AWS is meant. */
  readonly environment?: Environment;
}

/** What is to be looked at in AWS. */
export interface CloudExamination extends Required<Omit<Examination, "folders">> {
  /** Whether stacks of tenants are meant too, which alone run images and call models. */
  readonly hasTenants: boolean;
}

/** Looks at the machine and, for an environment, at its account in AWS; changes nothing anywhere. */
export async function examine({ folders, env, now, environment }: Examination): Promise<readonly Finding[]> {
  const machine = await lookAtMachine({ folders, env, node: process.version, registry: "registry.npmjs.org:443" });
  return environment === undefined
    ? machine
    : [...machine, ...(await examineCloud({ env, now, environment, hasTenants: true }))];
}

/** What a deployment to AWS needs of the account and of what is to be deployed. Without credentials nothing else can be asked. */
export async function examineCloud(examination: CloudExamination): Promise<readonly Finding[]> {
  const { env, now, environment, hasTenants } = examination;
  const aws = awsOf(env);
  const data = [lookAtVersion(dayOf(now)), ...(hasTenants ? imagesFor(env) : [])];
  const account = await lookAtAccount(aws, environment);
  if (account.some((it) => it.check === "credentials" && it.outcome === "missing")) {
    const rest = ["regions", "quotas", "models"];
    const untold = { outcome: "not looked at", detail: "without credentials nothing can be asked" } as const;
    return [...data, ...account, ...rest.map((check): Finding => ({ check, ...untold }))];
  }
  const cloud = await Promise.all([
    lookAtRegions(aws, environment),
    lookAtQuotas(aws, environment),
    hasTenants ? lookAtModels(aws, environment) : [],
    lookAtVersionAtAws(aws, environment),
  ]);
  return [...data, ...account, ...cloud.flat()];
}

/** The sandbox pulls no images. */
function imagesFor(env: Examination["env"]): readonly Finding[] {
  if (env["ALICERCE_SANDBOX"] !== undefined) return [];
  return lookAtImages({ servers: MCP_SERVERS, agents: AGENTS });
}

/** Whether a deployment may begin: nothing is missing. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every((it) => it.outcome !== "missing");
}
