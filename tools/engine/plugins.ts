import { readFile, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { execScript, isExecutable, writeScript } from "./installation/executable.ts";
import { type Folders, PROJECT } from "./folders.ts";

/** The providers that the sandbox cloud stands in for. */
const PROVIDERS = ["aws", "eks", "kubernetes", "keycloak"] as const;

/** Puts the sandbox in the place of every provider plugin, in exactly the version that the installed SDK asks for. */
export async function writeProviderPlugins({ pulumiHome }: Folders): Promise<void> {
  const main = path.join(PROJECT, "sandbox/control-plane/provider/main.ts");
  for (const name of PROVIDERS) {
    const file = pluginFile(pulumiHome, "resource", name, await installedVersion(`@pulumi/${name}`));
    await writeScript(file, execScript([process.execPath, main, name]));
  }
}

/** Puts our own language host into the plugin folder, where a CLI that has none beside it finds it. */
export async function writeLanguageHost({ pulumiHome }: Folders, cli: string): Promise<void> {
  if (await hasLanguageHost(cli)) return;
  const file = pluginFile(pulumiHome, "language", "nodejs", await installedVersion("@pulumi/pulumi"));
  await writeScript(file, execScript([process.execPath, path.join(import.meta.dirname, "language-host.mjs")]));
}

function pluginFile(pulumiHome: string, kind: "resource" | "language", name: string, version: string): string {
  return path.join(pulumiHome, "plugins", `${kind}-${name}-v${version}`, `pulumi-${kind}-${name}`);
}

async function hasLanguageHost(cli: string): Promise<boolean> {
  const folders = new Set([path.dirname(cli), path.dirname(await realpath(cli))]);
  for (const dir of folders) if (await isExecutable(path.join(dir, "pulumi-language-nodejs"))) return true;
  return false;
}

async function installedVersion(name: string): Promise<string> {
  const file = createRequire(path.join(PROJECT, "index.js")).resolve(`${name}/package.json`);
  const { version } = JSON.parse(await readFile(file, "utf8")) as { version: string };
  return version;
}
