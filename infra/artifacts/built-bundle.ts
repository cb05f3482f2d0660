import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** The checkout this file belongs to. */
export const PROJECT = path.resolve(import.meta.dirname, "../..");

/** The file beside a bundle that says what it was built from. */
export const MANIFEST = "manifest.json";

/** What a bundle was built from, and what came out: SHA-256 by path, of sources below the checkout, of files below the bundle's folder. */
export interface BundleManifest {
  readonly sources: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** The packages that must lie beside it at run time. */
  readonly native: readonly string[];
}

/** A bundle as it lies in `dist/`. */
export interface BuiltBundle {
  /** Where its files are, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly manifest: BundleManifest;
  /** Of all files together. */
  readonly digest: BundleDigest;
}

/** By what two bundles of a service are told apart. */
export type BundleDigest = `sha256:${string}`;

/** A service that has not been built, or not from what its sources say now. */
export class BundleError extends Error {
  readonly code = "ERR_BUNDLE";

  constructor(service: string, why: string, options?: ErrorOptions) {
    super(`the bundle of "${service}" ${why}: run \`npm run build\``, options);
    this.name = "BundleError";
  }
}

/** The folders in which bundles are looked for: the checkout's, then that of `ALICERCE_HOME` for a checkout that cannot be written. */
export function bundleFolders(project = PROJECT, home = process.env["ALICERCE_HOME"]): readonly [string, ...string[]] {
  const elsewhere = home === undefined || home === "" ? [] : [path.resolve(project, home, "dist")];
  return [path.join(project, "dist"), ...elsewhere];
}

/** The bundle of a service, of exactly what its sources say now; throws `BundleError`. */
export async function builtBundle(service: string, project = PROJECT): Promise<BuiltBundle> {
  const [first, ...others] = bundleFolders(project);
  const found = await bundleIn(first, service, project).catch(failureOf);
  if (!(found instanceof BundleError)) return found;
  for (const it of others) {
    const other = await bundleIn(it, service, project).catch(failureOf);
    if (!(other instanceof BundleError)) return other;
  }
  throw found;
}

function failureOf(error: unknown): BundleError {
  if (error instanceof BundleError) return error;
  throw error;
}

async function bundleIn(dist: string, service: string, project: string): Promise<BuiltBundle> {
  const folder = path.join(dist, service);
  const manifest = await manifestIn(folder, service);
  const { sources, files } = manifest;
  const changed = [...(await differing(project, sources)), ...(await differing(folder, files))];
  if (changed.length > 0) throw new BundleError(service, `is not of what ${changed.join(", ")} says now`);
  const paths = Object.fromEntries(Object.keys(files).map((it) => [it, path.join(folder, it)]));
  return { files: paths, manifest, digest: bundleDigest(files) };
}

/** The digest of a bundle whose files have these digests. */
export function bundleDigest(files: BundleManifest["files"]): BundleDigest {
  return `sha256:${digestOf(Buffer.from(JSON.stringify(files)))}`;
}

/** The digest by which files are told apart. */
export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function manifestIn(folder: string, service: string): Promise<BundleManifest> {
  try {
    return JSON.parse(await readFile(path.join(folder, MANIFEST), "utf8")) as BundleManifest;
  } catch (cause) {
    throw new BundleError(service, "does not exist", { cause });
  }
}

async function differing(folder: string, digests: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(digests).map(async ([file, expected]) => {
      const bytes = await readFile(path.join(folder, file)).catch(() => undefined);
      return bytes === undefined || digestOf(bytes) !== expected ? file : undefined;
    }),
  );
  return found.filter((it) => it !== undefined);
}
