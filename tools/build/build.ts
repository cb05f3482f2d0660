import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { format } from "prettier";
import writeFileAtomic from "write-file-atomic";
import { MCP_SERVERS } from "../../releases/releases.ts";
import { type Bundle, bundle, writeBundle } from "./bundle.ts";
import { CONTRACTS_FILE, contractsText } from "./contracts.ts";
import { MCP_DEFINITIONS } from "./mcp-servers.ts";
import { servicesOf } from "./services.ts";

/** Where the digests of all bundles are written down, relative to the checkout. */
export const BUNDLES_FILE = "environments/bundles.ts";

/** Bundles every service to `dist/`, and writes down what came of it: the digests of the bundles and the servers' contracts. */
export async function buildAll(project: string): Promise<readonly Bundle[]> {
  const bundles = await Promise.all(servicesOf(project).map((it) => bundle(it, project)));
  await Promise.all(bundles.map((it) => writeBundle(it, project)));
  await removeOthers(path.join(project, "dist"), bundles);
  await writeChanged(path.join(project, BUNDLES_FILE), await bundlesText(bundles));
  await writeChanged(path.join(project, CONTRACTS_FILE), await contractsText(MCP_SERVERS, MCP_DEFINITIONS, project));
  return bundles;
}

/** The text of the file of digests. */
export function bundlesText(bundles: readonly Pick<Bundle, "service" | "digest">[]): Promise<string> {
  const digests = Object.fromEntries(bundles.map(({ service, digest }) => [service.name, digest]));
  const text = `// Written by \`npm run build\`.

/** What this source builds: the digest of the bundle of each service. */
export const BUNDLES: Readonly<Record<string, \`sha256:\${string}\`>> = ${JSON.stringify(digests)};
`;
  return format(text, { parser: "typescript", printWidth: 120 });
}

/** Services come and go; what is left of one that went would only mislead. */
async function removeOthers(dist: string, bundles: readonly Bundle[]): Promise<void> {
  await mkdir(dist, { recursive: true });
  const names = bundles.map(({ service }) => service.name);
  for (const it of await readdir(dist)) {
    if (!names.includes(it)) await rm(path.join(dist, it), { recursive: true });
  }
}

/** A file that says the same keeps its date, and nobody who watches it is woken. */
async function writeChanged(file: string, text: string): Promise<void> {
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before !== text) await writeFileAtomic(file, text);
}
