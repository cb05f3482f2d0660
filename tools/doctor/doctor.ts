import { dayOf } from "../../contracts/day.ts";
import type { Environment } from "../../environments/schema.ts";
import type { Folders } from "../engine/folders.ts";
import type { Finding } from "./check.ts";
import type { CloudQuestion } from "./cloud/cloud.ts";
import { lookAtVersion } from "./cluster-version.ts";
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

/** What is to be looked at in AWS, on which day. */
export interface CloudExamination extends Omit<CloudQuestion, "images"> {
  readonly now: Date;
}

/** Looks at the machine and, for an environment, at its account in AWS; changes nothing anywhere. */
export async function examine({ folders, env, now, environment }: Examination): Promise<readonly Finding[]> {
  const machine = await lookAtMachine({ folders, env, node: process.version, registry: "registry.npmjs.org:443" });
  return environment === undefined
    ? machine
    : [...machine, ...(await examineCloud({ env, now, environment, layers: ["environment", "region", "tenant"] }))];
}

/** What a deployment to AWS needs of the account and of what is to be deployed. Without credentials nothing else can be asked. */
export async function examineCloud({ now, ...question }: CloudExamination): Promise<readonly Finding[]> {
  const images = imagesFor(question);
  const data = [lookAtVersion(dayOf(now)), ...lookAtImages(images, question.environment.name)];
  // The clients of AWS take longer to load than most commands run.
  const { lookAtCloud } = await import("./cloud/cloud.ts");
  return [...data, ...(await lookAtCloud({ ...question, images }))];
}

/** The images that these layers run. The sandbox pulls none. */
function imagesFor({ env, layers }: Omit<CloudExamination, "now">): readonly Image[] {
  if (env["ALICERCE_SANDBOX"] !== undefined) return [];
  return imagesOf(RELEASES).filter(({ before = "tenant" }) => layers.includes(before));
}

/** Whether a deployment may begin: nothing is missing. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every((it) => it.outcome !== "missing");
}
