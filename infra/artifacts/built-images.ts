import * as pulumi from "@pulumi/pulumi";
import { UNBUILT } from "../../releases/releases.ts";

/** Where a deployment goes. */
export interface Destination {
  readonly isPreview: boolean;
  /** The folder of the sandbox cloud, which pulls no images; absent for a real one. */
  readonly sandbox: string | undefined;
}

/** Whether an image can be run where the deployment goes: a real cloud must pull it, a preview only looks. */
export function isRunnable(digest: string, { isPreview, sandbox }: Destination = here()): boolean {
  return digest !== UNBUILT || isPreview || sandbox !== undefined;
}

/** Throws a `RunError` where a real cloud would have to run an image that was never built; a preview only looks. */
export function requireBuilt(image: string, digest: string, destination: Destination = here()): void {
  if (isRunnable(digest, destination)) return;
  throw new pulumi.RunError(
    `"${image}" was never built: push its image, and write the digest into the release data (\`npx alicerce build --push ${image}\` does both)`,
  );
}

/** The preview that a deployment begins with shows what the deployment will do; it has a plan that was judged. */
function here(): Destination {
  const isPreview = pulumi.runtime.isDryRun() && process.env["ALICERCE_JUDGED_PLAN"] === undefined;
  return { isPreview, sandbox: process.env["ALICERCE_SANDBOX"] };
}
