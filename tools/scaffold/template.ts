import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ServerNames } from "./server-names.ts";

/** A file with its path from the checkout, with `/`. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** The name of the server that new ones are copied from: it runs, and is checked and tested like all others. */
export const TEMPLATE = "custom";

/** The folders of a server: what runs, and its tests. */
export function foldersOf(name: string): readonly string[] {
  return [`services/mcp/${name}`, `test/services/mcp/${name}`];
}

/** The template's files, as those of a server of another name. */
export async function filesNamed(names: ServerNames, project: string): Promise<readonly TextFile[]> {
  const paths = await Promise.all(foldersOf(TEMPLATE).map((it) => filesIn(project, it)));
  const copies = paths.flat().map(async (file) => {
    const text = await readFile(path.join(project, file), "utf8");
    return { path: renamed(file, names), text: renamed(text, names) };
  });
  const files = await Promise.all(copies);
  const contracts = `test/services/mcp/${names.kebab}/contracts.test.ts`;
  return files.map((it) => (it.path === contracts ? { path: contracts, text: contractsTest(names) } : it));
}

/** Text about the template as text about another server. */
export function renamed(text: string, { kebab, camel, pascal, upper, title }: ServerNames): string {
  return text
    .replaceAll(/\bCUSTOM(?![a-z])/g, upper)
    .replaceAll('"Custom"', `"${title}"`)
    .replaceAll(/(?<![A-Z])Custom(?![a-z])/g, pascal)
    .replaceAll(/\bcustom(?=[A-Z])/g, camel)
    .replaceAll(/\bcustom\b/g, kebab);
}

async function filesIn(project: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(project, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((it) => it.isFile())
    .map((it) => path.relative(project, path.join(it.parentPath, it.name)).split(path.sep).join("/"))
    .sort();
}

/** The template is in no release data; the test of a server that is tries the clients of every retained major. */
function contractsTest({ kebab, camel, pascal }: ServerNames): string {
  const at = `../../../../services/mcp/${kebab}`;
  return `import { ${pascal}Config } from "${at}/config.ts";
import { openServices } from "${at}/open-services.ts";
import { ${camel}Server } from "${at}/server.ts";
import { testContract } from "../contracts/test-contract.ts";
import { environment } from "./environment.ts";

testContract("${kebab}", {
  serverOf: ${camel}Server,
  open: () => Promise.resolve({ ...openServices(${pascal}Config.parse(environment)), close: () => Promise.resolve() }),
});
`;
}
