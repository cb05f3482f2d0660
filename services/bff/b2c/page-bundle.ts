import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PAGE_TYPES, type PageFiles } from "./page-files.ts";

const FOLDER = new URL("page/", import.meta.url);

/** A page's files as browsers get them, by name, and the sources that they were made of, relative to `project`. */
export interface PageBundle {
  readonly files: Readonly<Record<keyof typeof PAGE_TYPES, string>>;
  readonly sources: readonly string[];
}

/** Bundles the page of `folder`: its modules as one script, so that nothing comes from another host and nothing is inline. */
export async function bundlePage(folder: string, project: string): Promise<PageBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: project,
    entryPoints: [`${folder}/main.mjs`],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
  });
  const file = (name: string): Promise<string> => readFile(`${project}/${folder}/${name}`, "utf8");
  const [html, css] = await Promise.all([file("index.html"), file("page.css")]);
  return {
    files: { "index.html": html, "page.css": css, "page.js": outputFiles[0]?.text ?? "" },
    sources: [...Object.keys(metafile.inputs), `${folder}/index.html`, `${folder}/page.css`],
  };
}

/** The chat page as it is served, from its sources. */
export async function bundledPage(): Promise<PageFiles> {
  const project = fileURLToPath(new URL("../../..", FOLDER)).replace(/[\\/]$/, "");
  const { files } = await bundlePage("services/bff/b2c/page", project);
  return {
    "/": { type: PAGE_TYPES["index.html"], body: files["index.html"] },
    "/page.css": { type: PAGE_TYPES["page.css"], body: files["page.css"] },
    "/page.js": { type: PAGE_TYPES["page.js"], body: files["page.js"] },
  };
}
