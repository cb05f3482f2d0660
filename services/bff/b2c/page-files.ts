import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import type { ConsumerEnvironment } from "./consumer-environment.ts";

/** A file of the chat page. */
export interface PageFile {
  readonly type: string;
  readonly body: string;
}

/** The files of the chat page, by path. */
export type PageFiles = Readonly<Record<string, PageFile>>;

/** The files of a page, and their types. */
export const PAGE_TYPES = {
  "index.html": "text/html; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
} as const;

/** The page as the build has laid it in a folder; rejects where a file is missing. */
export async function builtPage(folder: URL): Promise<PageFiles> {
  const files = Object.entries(PAGE_TYPES).map(async ([name, type]) => {
    const path = name === "index.html" ? "/" : `/${name}`;
    return [path, { type, body: await readFile(new URL(name, folder), "utf8") }] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

/** Serves files that are read once, each with an ETag; browsers ask again each time, and are told that nothing has changed. */
export function pageRoutes(files: PageFiles): Hono<ConsumerEnvironment> {
  const app = new Hono<ConsumerEnvironment>();
  for (const [path, { type, body }] of Object.entries(files)) {
    const etag = `"${hash("sha256", body, "base64url")}"`;
    app.get(path, (context) => {
      const headers = { etag, "cache-control": "no-cache", "content-type": type };
      if (context.req.header("if-none-match") === etag) return context.body(null, 304, headers);
      return context.body(body, 200, headers);
    });
  }
  return app;
}
