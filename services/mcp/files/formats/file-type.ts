import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { ImageFormat } from "./image.ts";

/** The kinds of file that are kept, by their extension. */
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
  jpeg: "image/jpeg",
  webp: "image/webp",
} as const;

/** What the extension of a path says about a file. */
export interface FileType {
  /** Of the content, unpacked if it is kept compressed. */
  readonly mediaType: string;
  /** Of the bytes that are kept. */
  readonly storedAs: string;
  /** Whether the content is text that a model reads as it is. */
  readonly isText: boolean;
}

/** The type of a path, by its extension; text may be kept compressed (`.csv.gz`), other extensions are refused. */
export function fileTypeOf(path: string): FileType {
  const type = knownTypeOf(path);
  if (type !== undefined) return type;
  const message = `a file must end in ${Object.keys(TYPES).join(", ")}; text also in .gz after that`;
  throw new Problem("ERR_FILE_TYPE", `"${path}" has no known extension`, message, { field: "path" });
}

/** The type of a path if its extension is known. */
export function knownTypeOf(path: string): FileType | undefined {
  const extension = extensionOf(withoutGzip(path));
  if (!Object.hasOwn(TYPES, extension)) return undefined;
  const mediaType = TYPES[extension as keyof typeof TYPES];
  const isText = !/^image\/|\/pdf$/.test(mediaType);
  if (!isGzip(path)) return { mediaType, storedAs: mediaType, isText };
  return isText ? { mediaType, storedAs: "application/gzip", isText } : undefined;
}

const isGzip = (path: string): boolean => extensionOf(path) === "gz";

/** A path without the extension that says that it is kept compressed. */
export const withoutGzip = (path: string): string => (isGzip(path) ? path.slice(0, -".gz".length) : path);

/** The format of the image that a path names, if it names one. */
export function imageFormatOf(path: string): ImageFormat | undefined {
  const { mediaType = "" } = knownTypeOf(path) ?? {};
  return mediaType.startsWith("image/") ? (mediaType.slice("image/".length) as ImageFormat) : undefined;
}

/** What follows the last dot of a path, in lower case. */
export function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).toLowerCase();
}

/** The text of a file that says it is text; what is not UTF-8 is refused rather than mangled, what unpacks to more than `limit` bytes as well. */
export async function textOf(path: string, body: Buffer, limit: number): Promise<string> {
  const bytes = isGzip(path) ? await unpacked(path, body, limit) : body;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new Problem("ERR_FILE_ENCODING", `${path} is not UTF-8`, "the file is not UTF-8 text", {
      field: "path",
      cause,
    });
  }
}

const inflate = promisify(gunzip);

async function unpacked(path: string, body: Buffer, limit: number): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: limit });
  } catch (cause) {
    const options = { field: "path", cause };
    if ((cause as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE")
      throw new Problem("ERR_FILE_ENCODING", `${path} is not gzip`, "the file is not gzip", options);
    const reason = `the file unpacks to more than ${limit} bytes`;
    throw new Problem("ERR_FILE_TOO_LARGE", reason, reason, options);
  }
}
