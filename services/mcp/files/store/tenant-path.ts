import { Problem } from "../../../libraries/service-kit/problem.ts";

const SEGMENT = /^[\p{L}\p{N}_ ()+,=@-][\p{L}\p{M}\p{N}_ ()+,=@.-]*$/u;
const LONGEST_PATH_BYTES = 900;

/**
 * The object key of a path of a tenant. A path is a list of plain names with "/" between them, in NFC: dots that climb,
 * absolute paths, percent signs, backslashes, colons, control and look-alike characters are refused, never repaired.
 */
export function keyOf(tenantId: string, path: string): string {
  const fault = faultOf(path);
  if (fault !== undefined)
    throw new Problem("ERR_PATH_INVALID", fault, `the path is not valid: ${fault}`, { field: "path" });
  return `${prefixOf(tenantId)}${path}`;
}

/** Whether something is a path by which a file can be asked for. */
export const isPath = (path: string): boolean => faultOf(path) === undefined;

/** Under which everything of a tenant stands, and nothing of another. */
export function prefixOf(tenantId: string): string {
  return `${tenantId}/`;
}

/** The path of a key, as the tenant knows it. */
export function pathOf(tenantId: string, key: string): string {
  return key.slice(prefixOf(tenantId).length);
}

function faultOf(path: string): string | undefined {
  if (path === "") return "it is empty";
  if (Buffer.byteLength(path) > LONGEST_PATH_BYTES) return `it is longer than ${LONGEST_PATH_BYTES} bytes`;
  // NFKC turns full-width and other compatibility forms into what they look like: "．．／" into "../".
  if (path !== path.normalize("NFKC")) return "it is not in its plain Unicode form";
  const bad = path.split("/").find((segment) => !SEGMENT.test(segment) || /[. ]$/.test(segment));
  if (bad === undefined) return undefined;
  return bad === ""
    ? 'it begins or ends with "/" or has two of them in a row'
    : "a name in it has characters that are not allowed";
}
