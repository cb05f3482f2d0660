import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import * as z from "zod";
import type { ImageSource } from "./image-source.ts";

const digestText = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const metadata = z.object({ "containerimage.digest": digestText });

/** An image that cannot be built or copied here, and what to do about it. */
export class ImageError extends Error {
  readonly code = "ERR_IMAGE";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ImageError";
  }
}

/** Builds an image and pushes it under each of the names; answers with its digest. */
export async function pushImage(
  { dockerfile, platforms, label, context }: ImageSource,
  names: readonly string[],
): Promise<`sha256:${string}`> {
  await requireDocker();
  const folder = await mkdtemp(path.join(os.tmpdir(), "alicerce-image-"));
  try {
    const files = path.join(folder, "context");
    await mkdir(files);
    await context(files);
    const answer = path.join(folder, "metadata.json");
    await execa(
      "docker",
      [
        ...["buildx", "build", "--push", "--platform", platforms.join(), "--metadata-file", answer],
        ...["--file", dockerfile, "--label", `alicerce.bundle=${label}`],
        ...names.flatMap((it) => ["--tag", it]),
        files,
      ],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    return metadata.parse(JSON.parse(await readFile(answer, "utf8")))["containerimage.digest"] as `sha256:${string}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Where an image is, and where it shall be too. */
export interface Copy {
  readonly digest: string;
  /** Repositories with their registries, of which any may have it. */
  readonly sources: readonly string[];
  /** Names with their registries and tags. */
  readonly targets: readonly string[];
}

/** Copies an image as it is, so that it keeps its digest; throws `ImageError` where no source has it. */
export async function copyImage({ digest, sources, targets }: Copy): Promise<void> {
  await requireDocker();
  for (const target of targets) {
    const others = sources.filter((it) => !target.startsWith(`${it}:`));
    const failures: unknown[] = [];
    for (const it of others) {
      const copied = execa("docker", ["buildx", "imagetools", "create", "--tag", target, `${it}@${digest}`]);
      const failure: unknown = await copied.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) break;
      failures.push(failure);
    }
    if (failures.length === others.length)
      throw new ImageError(`none of ${others.join(", ")} gives out ${digest}`, { cause: failures[0] });
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
