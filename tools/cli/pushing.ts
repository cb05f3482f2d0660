import { readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { environments } from "../../environments/index.ts";
import { KEYCLOAK_IMAGE } from "../../releases/images.ts";
import { type Release, UNBUILT } from "../../releases/releases.ts";
import type { Bundle } from "../build/bundle.ts";
import { copyImage, ImageError, pushImage } from "../build/image.ts";
import { bundleImage, type ImageSource, keycloakImage } from "../build/image-source.ts";
import { withImage } from "../build/release-image.ts";
import { imagesOf, RELEASES } from "../doctor/images.ts";
import { PROJECT } from "../engine/folders.ts";
import { editService, RELEASES_FILE } from "../release/edit-releases.ts";
import { type DigestPath, isUnbuiltAt, withDigestAt } from "../release/release-digest.ts";

/** What an image is called, and in the registries of which environment it shall be: of all, where none is named. */
export interface Destination {
  readonly image: string;
  readonly environment: string | undefined;
}

/** Builds an image, pushes it and writes its digest into the release data; says what became of it, line by line. */
export async function pushed({ image, environment }: Destination, bundles: readonly Bundle[]): Promise<string> {
  const source = await sourceOf(image, bundles);
  const names = repositories(image, environment).map((it) => `${it}:${tagOf(source.label)}`);
  const digest = await pushImage(source, names);
  return `\n${image}: ${digest}\n${await recorded(image, digest)}`;
}

/** Copies the images that the release data names to the registries that lack them, from any that has them. */
export async function copied({ image, environment }: Destination): Promise<string> {
  const releases = imagesOf(RELEASES).find(({ name }) => name === image)?.releases ?? [];
  const built = releases.filter(({ digest }) => digest !== UNBUILT);
  if (built.length === 0) throw new ImageError(`"${image}" was never built, so there is nothing to copy`);
  const targets = repositories(image, environment);
  const sources = [...targets, ...repositories(image, undefined).filter((it) => !targets.includes(it))];
  for (const { version, digest } of built)
    await copyImage({ digest, sources, targets: targets.map((it) => `${it}:${version}-${digest.slice(7, 19)}`) });
  return `${image} is in ${targets.join(", ")}`;
}

async function sourceOf(image: string, bundles: readonly Bundle[]): Promise<ImageSource> {
  if (image === KEYCLOAK_IMAGE) return keycloakImage(PROJECT);
  const built = bundles.find(({ service }) => service.name === image);
  if (built === undefined) throw new ImageError(`nothing in services/ is built to "${image}"`);
  return image.startsWith("mcp-")
    ? bundleImage(built, PROJECT)
    : bundleImage(built, PROJECT, ["linux/amd64", "linux/arm64"]);
}

/** Tags never move, and the same sources make another image the next day. */
function tagOf(label: string): string {
  return `${label.slice(7, 27)}-${new Date()
    .toISOString()
    .replaceAll(/[^0-9]/g, "")
    .slice(0, 14)}`;
}

function repositories(image: string, environment: string | undefined): readonly string[] {
  return Object.values(environments)
    .filter(({ name }) => environment === undefined || name === environment)
    .flatMap(({ account, regions }) =>
      Object.keys(regions).map((region) => `${account}.dkr.ecr.${region}.amazonaws.com/alicerce/${image}`),
    );
}

/** A release that has no image yet gets this one; any other is replaced by a release of its own. */
async function recorded(image: string, digest: Release["digest"]): Promise<string> {
  if (image.startsWith("mcp-")) return recordedForServer(image.slice("mcp-".length), digest);
  const text = await readFile(RELEASES_FILE, "utf8");
  const at = digestPathOf(image);
  if (image !== KEYCLOAK_IMAGE && !isUnbuiltAt(text, at))
    return `The release of ${image} has an image: write this one, and a new version, into releases/releases.ts`;
  await writeFileAtomic(RELEASES_FILE, withDigestAt(text, at, digest));
  return "releases/releases.ts names it now";
}

function digestPathOf(image: string): DigestPath {
  if (image === KEYCLOAK_IMAGE) return ["KEYCLOAK_DIGEST"];
  return image.startsWith("bff-")
    ? ["BFFS", image.slice("bff-".length), "release", "digest"]
    : ["AGENTS", image.slice("agent-".length), "release", "digest"];
}

async function recordedForServer(service: string, digest: Release["digest"]): Promise<string> {
  const { changed, notes } = await editService(service, (it) => withImage(it, digest), { dryRun: false });
  if (changed) return notes.join("\n");
  return `Every release of ${service} has an image. Put this one on trial: npx alicerce release candidate ${service} <version> --digest ${digest}`;
}
