const QUOTE = 34;
const BACKSLASH = 92;

/** Why a text is not the unambiguous JSON that we accept. */
export class JsonFault extends Error {
  override readonly name = "JsonFault";
}

/**
 * Parses JSON that means the same to everyone: no object names a key twice (RFC 8259 leaves to each parser which one
 * wins), nothing is nested deeper than `maxDepth`, and every string is well-formed Unicode.
 */
export function parseStrictJson(text: string, maxDepth = 64): unknown {
  if (!text.isWellFormed()) throw new JsonFault("text is not well-formed Unicode");
  refuseDepth(text, maxDepth);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new JsonFault("text is not JSON", { cause });
  }
  refuseDuplicates(text);
  return value;
}

/** Index of the quote that ends the string which begins at `start`, or of the text's end. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

function refuseDepth(text: string, maxDepth: number): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxDepth) throw new JsonFault(`nested deeper than ${maxDepth}`);
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
}

/** Expects text that JSON.parse accepts: there a string is a key exactly if a colon follows it. */
function refuseDuplicates(text: string): void {
  const scopes: Set<string>[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x7b || code === 0x5b) scopes.push(new Set());
    else if (code === 0x7d || code === 0x5d) scopes.pop();
    if (code !== QUOTE) continue;
    const end = endOfString(text, i);
    if (isColonNext(text, end + 1)) addKey(scopes.at(-1), text.slice(i, end + 1));
    i = end;
  }
}

function isColonNext(text: string, start: number): boolean {
  let i = start;
  while (text.charCodeAt(i) <= 32) i++;
  return text.charCodeAt(i) === 58;
}

function addKey(keys: Set<string> | undefined, literal: string): void {
  const key = literal.includes("\\") ? String(JSON.parse(literal)) : literal.slice(1, -1);
  if (!key.isWellFormed()) throw new JsonFault("a key is not well-formed Unicode");
  if (keys?.has(key) === true) throw new JsonFault("a key is given twice");
  keys?.add(key);
}
