import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The packages whose types the sandbox knows; those that use nested types of others come last. */
export const PACKAGES = ["aws", "kubernetes", "keycloak", "eks"] as const;

/** Name of a package of the catalogue. */
export type PackageName = (typeof PACKAGES)[number];

const SPEC_PACKAGE = "@aws-cdk/aws-service-spec";

/** The other packages that a package's part of the catalogue is generated from. */
const SOURCES: Readonly<Record<PackageName, readonly string[]>> = {
  aws: [SPEC_PACKAGE],
  kubernetes: [],
  keycloak: [],
  eks: ["@pulumi/aws", "@pulumi/kubernetes"],
};

const require = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const GENERATOR_HASH = generatorHash();

/** Whether a text names a package of the catalogue. */
export function isPackageName(name: string): name is PackageName {
  return (PACKAGES as readonly string[]).includes(name);
}

/** Folder of the installed SDK of a package. */
export function rootOf(name: PackageName): string {
  return dirname(require.resolve(`@pulumi/${name}/package.json`));
}

/** Folder name of a package's part of the catalogue; it changes with the versions of its sources and with the generator's own code. */
export function keyOf(name: PackageName): string {
  const others = SOURCES[name].map((source) => {
    const label = source === SPEC_PACKAGE ? "spec" : source.slice("@pulumi/".length);
    return `-${label}${versionOf(source)}`;
  });
  return `${name}-${versionOf(`@pulumi/${name}`)}${others.join("")}-${GENERATOR_HASH}`;
}

function versionOf(packageName: string): string {
  const manifest = JSON.parse(readFileSync(require.resolve(`${packageName}/package.json`), "utf8")) as {
    version: string;
  };
  return manifest.version;
}

/** The first line of the file of limits, which holds the hash of the rest: reading all of it would slow down every provider's start. */
function headerOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(512);
    const [header = ""] = bytes.toString("utf8", 0, readSync(file, bytes)).split("\n");
    return header;
  } finally {
    closeSync(file);
  }
}

/** The hash of the generator's code and of `spec.ts`, which together define the format of the files, and of the limits that AWS states. */
function generatorHash(): string {
  const sum = createHash("sha256");
  const files = readdirSync(join(HERE, "generate")).filter((file) => file.endsWith(".ts"));
  for (const file of [...files.sort().map((it) => join("generate", it)), "spec.ts", join("limits", "documented.ts")])
    sum.update(readFileSync(join(HERE, file)));
  sum.update(headerOf(join(HERE, "limits", "limits.jsonl")));
  sum.update(versionOf("typescript"));
  return sum.digest("hex").slice(0, 12);
}
