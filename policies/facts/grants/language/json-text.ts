import { UnreadableDocument } from "../../../engine/unreadable-document.ts";

/** How deep a document may be nested; the deepest that IAM knows has six levels. */
const MOST_LEVELS = 50;

/** A string, or a character that opens, closes or separates. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;

/**
 * The value of a JSON text. Throws `UnreadableDocument` for text that is no JSON, that repeats a key in one object (each reader may
 * take another one, RFC 8259 section 4) or that is nested more than 50 levels deep.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableDocument("it is no JSON");
  }
  if (isDeep(value)) throw new UnreadableDocument("it is nested too deep");
  // Text as `JSON.stringify` writes it repeats no key.
  if (JSON.stringify(value) !== text) refuseRepeatedKeys(text);
  return value;
}

function isDeep(value: unknown, levels = 0): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels >= MOST_LEVELS || Object.values(value).some((it) => isDeep(it, levels + 1));
}

/** Reads the tokens of a text that is JSON: in an object, each string after `{` or `,` is a key. */
function refuseRepeatedKeys(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith('"') && isKey) addKey(open.at(-1), token);
    if (/[{[]/.test(token.charAt(0))) open.push(token === "{" ? new Set() : undefined);
    if (/[}\]]/.test(token.charAt(0))) open.pop();
    isKey = (token === "{" || token === ",") && open.at(-1) !== undefined;
  }
}

function addKey(keys: Set<string> | undefined, token: string): void {
  const key = JSON.parse(token) as string;
  if (keys?.has(key) === true) throw new UnreadableDocument(`it says "${key}" twice in one place`);
  keys?.add(key);
}
