import { Problem } from "../../../libraries/service-kit/problem.ts";
import { folderOf, type FilesCaller } from "./caller-folder.ts";

const SEGMENT = /^[\p{L}\p{N}_ ()+,=@-][\p{L}\p{M}\p{N}_ ()+,=@.-]*$/u;
/** Of a path among all files of the tenant, so that its own people can name the files of each customer. */
const LONGEST_PATH_BYTES = 900;

/**
 * The object key of a path of a caller. A path is a list of plain names with "/" between them, in NFC: dots that climb,
 * absolute paths, percent signs, backslashes, colons, control and look-alike characters are refused, never repaired.
 */
export function keyOf(caller: FilesCaller, path: string): string {
  const fault = faultOf(caller, path);
  if (fault !== undefined)
    throw new Problem("ERR_PATH_INVALID", fault, `the path is not valid: ${fault}`, { field: "path" });
  return `${prefixOf(caller)}${path}`;
}

/** Whether something is a path by which a caller can ask for a file. */
export const isPath = (caller: FilesCaller, path: string): boolean => faultOf(caller, path) === undefined;

/** Under which everything stands that a caller sees, and nothing of another tenant or customer. */
export function prefixOf(caller: FilesCaller): string {
  return `${caller.tenantId}/${folderOf(caller)}`;
}

/** The path of a key, as the caller knows it. */
export function pathOf(caller: FilesCaller, key: string): string {
  return key.slice(prefixOf(caller).length);
}

function faultOf(caller: FilesCaller, path: string): string | undefined {
  if (path === "") return "it is empty";
  const longest = LONGEST_PATH_BYTES - folderOf(caller).length;
  if (Buffer.byteLength(path) > longest) return `it is longer than ${longest} bytes`;
  // NFKC turns full-width and other compatibility forms into what they look like: "．．／" into "../".
  if (path !== path.normalize("NFKC")) return "it is not in its plain Unicode form";
  const bad = path.split("/").find((segment) => !SEGMENT.test(segment) || /[. ]$/.test(segment));
  if (bad === undefined) return undefined;
  return bad === ""
    ? 'it begins or ends with "/" or has two of them in a row'
    : "a name in it has characters that are not allowed";
}
