import { Problem } from "../../shared/problem.ts";

/** The kinds of file that are kept, by their ending. */
const TYPES = {
  csv: "text/csv",
  json: "application/json",
  md: "text/markdown",
  txt: "text/plain",
  xml: "application/xml",
  yaml: "application/yaml",
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
} as const;

/** How the content of a file travels. */
export type Encoding = "utf-8" | "base64";

/** The media type of a path, by its ending; other endings are refused. */
export function mediaTypeOf(path: string): string {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  if (Object.hasOwn(TYPES, ending)) return TYPES[ending as keyof typeof TYPES];
  const message = `a file must end in ${Object.keys(TYPES).join(", ")}`;
  throw new Problem("ERR_FILE_TYPE", `ending "${ending}"`, message, { field: "path" });
}

/** Whether a media type is text that a model reads as it is. */
export function isText(mediaType: string): boolean {
  return (
    mediaType.startsWith("text/") || ["application/json", "application/xml", "application/yaml"].includes(mediaType)
  );
}

/** The text of a file that says it is text; a file that is not UTF-8 is refused rather than mangled. */
export function textOf(path: string, body: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body);
  } catch (cause) {
    throw new Problem("ERR_FILE_ENCODING", `${path} is not UTF-8`, `the file is not UTF-8 text`, {
      field: "path",
      cause,
    });
  }
}
