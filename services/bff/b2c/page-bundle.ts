import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { PageFiles } from "./page-files.ts";

const FOLDER = new URL("page/", import.meta.url);

/** The chat page as it is served: its modules as one script, so that nothing comes from another host and nothing is inline. */
export async function bundledPage(): Promise<PageFiles> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("main.mjs", FOLDER))],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    legalComments: "none",
  });
  const file = (name: string): Promise<string> => readFile(new URL(name, FOLDER), "utf8");
  return {
    "/": { type: "text/html; charset=utf-8", body: await file("index.html") },
    "/page.css": { type: "text/css; charset=utf-8", body: await file("page.css") },
    "/page.js": { type: "text/javascript; charset=utf-8", body: outputFiles[0]?.text ?? "" },
  };
}
