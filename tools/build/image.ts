import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { builtBundle } from "../../infra/artifacts/built-bundle.ts";
import type { Bundle } from "./bundle.ts";
import { installNative, type Target } from "./native-packages.ts";

/** What AgentCore Runtime runs. */
export const ARM64: Target = { os: "linux", cpu: "arm64", libc: "glibc" };

const DOCKERFILE = "services/mcp/Dockerfile";
const metadata = z.object({ "containerimage.digest": z.string().regex(/^sha256:[0-9a-f]{64}$/) });

/** An image that cannot be built here, and what to do about it. */
export class ImageError extends Error {
  readonly code = "ERR_IMAGE";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ImageError";
  }
}

/** Lays down in `folder` all that the image of a built MCP server holds. */
export async function imageContext(
  { service, native }: Pick<Bundle, "service" | "native">,
  { project, folder, target = ARM64 }: { readonly project: string; readonly folder: string; readonly target?: Target },
): Promise<void> {
  for (const [name, file] of Object.entries((await builtBundle(service.name, project)).files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await copyFile(file, path.join(folder, name));
  }
  if (native.length > 0) await installNative(native, { project, folder, target });
}

/** Builds the image of an MCP server for arm64 and pushes it under each of the names; answers with its digest. */
export async function pushImage(
  bundle: Pick<Bundle, "service" | "native" | "digest">,
  { project, names }: { readonly project: string; readonly names: readonly string[] },
): Promise<`sha256:${string}`> {
  await requireDocker();
  const folder = await mkdtemp(path.join(os.tmpdir(), "alicerce-image-"));
  try {
    const context = path.join(folder, "context");
    await mkdir(context);
    await imageContext(bundle, { project, folder: context });
    const answer = path.join(folder, "metadata.json");
    await execa(
      "docker",
      [
        ...["buildx", "build", "--push", "--platform", "linux/arm64", "--metadata-file", answer],
        ...["--file", path.join(project, DOCKERFILE), "--label", `alicerce.bundle=${bundle.digest}`],
        ...names.flatMap((it) => ["--tag", it]),
        context,
      ],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    return metadata.parse(JSON.parse(await readFile(answer, "utf8")))["containerimage.digest"] as `sha256:${string}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function requireDocker(): Promise<void> {
  try {
    await execa("docker", ["info"]);
    await execa("docker", ["buildx", "version"]);
  } catch (cause) {
    throw new ImageError(
      "images are built by Docker with buildx, which does not answer here: start it, log it in to the registries " +
        "(`aws ecr get-login-password | docker login --username AWS --password-stdin <registry>`), and run this again",
      { cause },
    );
  }
}
