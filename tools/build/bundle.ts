import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import writeFileAtomic from "write-file-atomic";
import { bundlePage } from "../../services/bff/b2c/page-bundle.ts";
import {
  builtBundle,
  type BundleDigest,
  bundleDigest,
  BundleError,
  type BundleManifest,
  digestOf,
  MANIFEST,
} from "../../infra/artifacts/built-bundle.ts";
import type { Service } from "./services.ts";

/** What the code of dependencies, and how it is put together, depends on besides the sources. */
const RECIPE = ["package-lock.json", "tools/build/bundle.ts"];

/** Native code that cannot be bundled: an image brings it in its own `node_modules`. */
export const NATIVE = ["sharp"];

/** Dependencies that are CommonJS ask for Node's own modules by `require`, which a module has to be given. */
const REQUIRE = 'import{createRequire as $require}from"node:module";const require=$require(import.meta.url);';

/** One file that came out. */
export interface BundledFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What came out of a service's sources, the same each time for the same sources. */
export interface Bundle {
  readonly service: Service;
  readonly files: readonly BundledFile[];
  readonly manifest: BundleManifest;
  /** Of all files together. */
  readonly digest: BundleDigest;
}

/** The bundle of a service, as it lies in `dist/` where that is of what its sources say now; else a new one, which is written there. */
export async function upToDateBundle(service: Service, project: string): Promise<Bundle> {
  const built = await builtIn(service, project);
  if (built !== undefined) return built;
  const made = await bundle(service, project);
  await writeBundle(made, project);
  return made;
}

async function builtIn(service: Service, project: string): Promise<Bundle | undefined> {
  try {
    const { files, manifest, digest } = await builtBundle(service.name, project);
    // A file that is read when it runs, or a thread, may be new.
    if (!own([service.entry, ...service.workers, ...service.data]).every((it) => it in manifest.sources))
      return undefined;
    const bytesOf = async ([name, file]: [string, string]) => ({ path: name, bytes: await readFile(file) });
    return { service, manifest, digest, files: await Promise.all(Object.entries(files).map(bytesOf)) };
  } catch (error) {
    if (error instanceof BundleError) return undefined;
    throw error;
  }
}

/** Bundles a service with all that it imports, for Node.js 24; throws what esbuild finds wrong with the sources. */
export async function bundle(service: Service, project: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: project,
    entryPoints: [
      { in: service.entry, out: "index" },
      ...service.workers.map((it) => ({ in: it, out: path.posix.basename(it, ".ts") })),
    ],
    outdir: "out",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    external: NATIVE,
    format: "esm",
    platform: "node",
    target: "node24",
    // Modules lose what is not used of them; CommonJS cannot.
    mainFields: ["module", "main"],
    minify: true,
    // An error that ends a process prints the line it came from.
    lineLimit: 200,
    legalComments: "none",
    banner: { js: REQUIRE },
    // CommonJS looks for its files in its own folder, which then is the bundle's.
    define: { __dirname: "import.meta.dirname" },
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const out = path.join(project, "out");
  const page = service.page === undefined ? NO_PAGE : await bundlePage(service.page, project);
  const files = [
    ...outputFiles.map((it) => ({ path: path.relative(out, it.path), bytes: it.contents })),
    ...(await Promise.all(service.data.map((it) => dataFile(project, it)))),
    ...Object.entries(page.files).map(([name, text]) => ({ path: `page/${name}`, bytes: Buffer.from(text) })),
  ];
  const all = [...Object.keys(metafile.inputs), ...service.data, ...page.sources];
  const imported = Object.values(metafile.outputs).flatMap((it) => it.imports.map((found) => found.path));
  const manifest = {
    sources: Object.fromEntries(await Promise.all([...own(all), ...RECIPE].sort().map((it) => digested(project, it)))),
    files: Object.fromEntries(files.map((it) => [it.path, digestOf(it.bytes)])),
    native: NATIVE.filter((it) => imported.includes(it)),
  };
  return { service, files, manifest, digest: bundleDigest(manifest.files) };
}

const NO_PAGE = { files: {}, sources: [] };

/** Without the code of packages, of which the lock file tells. */
function own(sources: readonly string[]): readonly string[] {
  return sources.filter((it) => !it.includes("node_modules/"));
}

/** Writes a bundle to `<service>/` in a folder of bundles, what says that it is whole last. */
export async function writeBundle(
  { service, files, manifest }: Bundle,
  project: string,
  dist = path.join(project, "dist"),
): Promise<void> {
  const folder = path.join(dist, service.name);
  for (const it of files) {
    await mkdir(path.dirname(path.join(folder, it.path)), { recursive: true });
    await writeFileAtomic(path.join(folder, it.path), Buffer.from(it.bytes));
  }
  await writeFileAtomic(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A file of data, under the name of its own folder; one of a package lies beside the code that looks for it. */
async function dataFile(project: string, file: string): Promise<BundledFile> {
  const folder = file.startsWith("node_modules/") ? "" : path.posix.basename(path.posix.dirname(file));
  const name = path.posix.join(folder, path.posix.basename(file));
  return { path: name, bytes: await readFile(path.join(project, file)) };
}

async function digested(project: string, file: string): Promise<readonly [string, string]> {
  return [file, digestOf(await readFile(path.join(project, file)))];
}
