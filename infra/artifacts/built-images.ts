import * as pulumi from "@pulumi/pulumi";
import { UNBUILT } from "../../releases/releases.ts";

/** Where a deployment goes. */
export interface Destination {
  readonly isPreview: boolean;
  /** The folder of the sandbox cloud, which pulls no images; absent for a real one. */
  readonly sandbox: string | undefined;
  /** Whether a plan or a preview is of a deployment to a real cloud, so that it holds no more than that will. */
  readonly isForReal?: boolean;
}

/** Whether an image can be run where the deployment goes: a real cloud must pull it, and other plans and previews only look. */
export function isRunnable(digest: string, destination: Destination = here()): boolean {
  const { isPreview, sandbox, isForReal = false } = destination;
  return digest !== UNBUILT || (!isForReal && (isPreview || sandbox !== undefined));
}

/** Throws a `RunError` where a real cloud would have to run an image that was never built; a preview only looks. */
export function requireBuilt(image: string, digest: string, { isPreview, sandbox }: Destination = here()): void {
  if (isRunnable(digest, { isPreview, sandbox })) return;
  throw new pulumi.RunError(
    `"${image}" was never built: push its image, and write the digest into the release data (\`npx alicerce build --push ${image}\` does both)`,
  );
}

/** `ALICERCE_IMAGES` says `built` to plans and previews of a deployment to a real cloud. */
function here(): Destination {
  const { ALICERCE_IMAGES: images, ALICERCE_SANDBOX: sandbox } = process.env;
  return { isPreview: pulumi.runtime.isDryRun(), sandbox, isForReal: images === "built" };
}
