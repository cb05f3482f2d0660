import { dayOf } from "../../contracts/day.ts";
import type { Environment } from "../../environments/schema.ts";
import type { Folders } from "../engine/folders.ts";
import type { Finding, Layer } from "./check.ts";
import { lookAtAccount } from "./cloud/account.ts";
import { aws as awsOf } from "./cloud/aws.ts";
import { lookAtModels } from "./cloud/models.ts";
import { lookAtQuotas } from "./cloud/quotas.ts";
import { lookAtRegions } from "./cloud/regions.ts";
import { lookAtRegistries } from "./cloud/registries.ts";
import { lookAtVersion, lookAtVersionAtAws } from "./cluster-version.ts";
import { type Image, imagesOf, lookAtImages, RELEASES } from "./images.ts";
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
  /** The layers of the stacks that are meant: those of regions and tenants alone run images, and those of tenants alone call models. */
  readonly layers: readonly Layer[];
}

/** Looks at the machine and, for an environment, at its account in AWS; changes nothing anywhere. */
export async function examine({ folders, env, now, environment }: Examination): Promise<readonly Finding[]> {
  const machine = await lookAtMachine({ folders, env, node: process.version, registry: "registry.npmjs.org:443" });
  return environment === undefined
    ? machine
    : [...machine, ...(await examineCloud({ env, now, environment, layers: ["environment", "region", "tenant"] }))];
}

/** What a deployment to AWS needs of the account and of what is to be deployed. Without credentials nothing else can be asked. */
export async function examineCloud(examination: CloudExamination): Promise<readonly Finding[]> {
  const { now, environment, layers } = examination;
  const hasTenants = layers.includes("tenant");
  const aws = awsOf(examination.env);
  const data = [lookAtVersion(dayOf(now)), ...lookAtImages(imagesFor(examination), environment.name)];
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
    lookAtRegistries(aws, environment, imagesFor(examination)),
  ]);
  return [...data, ...account, ...cloud.flat()];
}

/** The images that these layers run. The sandbox pulls none. */
function imagesFor({ env, layers }: CloudExamination): readonly Image[] {
  if (env["ALICERCE_SANDBOX"] !== undefined) return [];
  return imagesOf(RELEASES).filter(({ before = "tenant" }) => layers.includes(before));
}

/** Whether a deployment may begin: nothing is missing. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every((it) => it.outcome !== "missing");
}
