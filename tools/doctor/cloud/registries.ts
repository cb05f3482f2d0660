import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { tenantRegions } from "../../../environments/address.ts";
import type { Environment } from "../../../environments/schema.ts";
import { UNBUILT } from "../../../releases/releases.ts";
import { type Finding, guarded, verdicts } from "../check.ts";
import { howToPush, type Image } from "../images.ts";
import type { Aws } from "./aws.ts";

/** What Amazon ECR answers where an image is not. */
const ABSENT = ["ImageNotFoundException", "RepositoryNotFoundException"];

/** Whether the images that were built are in the registry of each region that runs them (Amazon ECR, DescribeImages). */
export async function lookAtRegistries(
  aws: Aws,
  environment: Environment,
  images: readonly Image[],
): Promise<readonly Finding[]> {
  const ofTenants = [...new Set(Object.values(environment.tenants).flatMap((it) => [...tenantRegions(it)]))];
  const wanted = images.flatMap((image) => {
    const regions = image.before === "region" ? Object.keys(environment.regions) : ofTenants;
    return regions.map((region) => lookAt(aws, { image, region, environment: environment.name }));
  });
  return (await Promise.all(wanted)).flat();
}

interface Place {
  readonly image: Image;
  readonly region: string;
  readonly environment: string;
}

async function lookAt(aws: Aws, { image, region, environment }: Place): Promise<readonly Finding[]> {
  const built = image.releases.filter(({ digest }) => digest !== UNBUILT);
  if (built.length === 0) return [];
  const check = `image of ${image.name} in ${region}`;
  const next = howToPush(image.name, environment);
  return guarded(check, next, async () => {
    const { ok, missing } = verdicts(check);
    const there = await Promise.all(built.map(({ digest }) => isThere(aws, region, { name: image.name, digest })));
    const absent = built.filter((_, index) => there[index] === false).map(({ version }) => version);
    if (absent.length === 0) return ok(built.map(({ version }) => version).join(", "));
    // Pods wait for an image without an end, so an agent's that was built is needed as well.
    return { ...missing(`${absent.join(", ")} was never pushed there`, next), before: image.before ?? "tenant" };
  });
}

async function isThere(
  aws: Aws,
  region: string,
  { name, digest }: { readonly name: string; readonly digest: string },
): Promise<boolean> {
  const imageIds = [{ imageDigest: digest }];
  try {
    await aws(ECRClient, region).send(new DescribeImagesCommand({ repositoryName: `alicerce/${name}`, imageIds }));
    return true;
  } catch (error) {
    if (error instanceof Error && ABSENT.includes(error.name)) return false;
    throw error;
  }
}
