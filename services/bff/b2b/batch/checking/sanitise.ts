import type { RowFault } from "../row.ts";

/** Characters that no text needs, and that terminals, logs and databases take amiss; and the mark of bytes that were no text. */
const UNWANTED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/;

/** With what a spreadsheet begins a formula, in ASCII and in full width. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Numbers and telephone numbers begin like formulas, and are none. */
const NUMBER = /^[+-]?[\d\s().,/-]+$/;

/**
 * A value whose texts are normalised (NFC) and harmless in a spreadsheet: an apostrophe stands before what would be a formula there.
 * Answers with a fault for texts with control characters or with bytes that are not of the file's encoding.
 */
export function sanitised(value: unknown, field = ""): { readonly value: unknown } | { readonly fault: RowFault } {
  if (typeof value === "string") return sanitisedText(value, field);
  if (typeof value !== "object" || value === null) return { value };
  const result: { [name: string]: unknown } | unknown[] = Array.isArray(value) ? [] : {};
  for (const [name, it] of Object.entries(value)) {
    const inner = sanitised(it, `${field}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    if ("fault" in inner) return inner;
    // Not by assignment, which "__proto__" would turn into something else.
    Object.defineProperty(result, name, { value: inner.value, enumerable: true, writable: true, configurable: true });
  }
  return { value: result };
}

function sanitisedText(text: string, field: string): { readonly value: string } | { readonly fault: RowFault } {
  if (UNWANTED.test(text)) {
    const fault: RowFault = text.includes("\uFFFD")
      ? { code: "ERR_ROW_ENCODING", field, message: "holds bytes that are not of the file's encoding" }
      : { code: "ERR_ROW_CHARACTERS", field, message: "must not hold control characters" };
    return { fault };
  }
  const normal = text.normalize("NFC");
  return { value: FORMULA.test(normal) && !NUMBER.test(normal) ? `'${normal}` : normal };
}
