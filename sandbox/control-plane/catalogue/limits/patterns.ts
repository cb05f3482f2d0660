import { createContext, Script } from "node:vm";

/** Classes of characters that Java has and JavaScript lacks. */
const CLASSES: Readonly<Record<string, string>> = {
  Alnum: "A-Za-z0-9",
  Alpha: "A-Za-z",
  ASCII: "\\x00-\\x7F",
  Blank: " \\t",
  Digit: "0-9",
  Graph: "\\x21-\\x7E",
  Lower: "a-z",
  Print: "\\x20-\\x7E",
  Punct: "!-\\/:-@\\[-`{-~",
  Space: "\\s",
  Upper: "A-Z",
  XDigit: "0-9A-Fa-f",
};

/**
 * A pattern of a service model in the syntax of JavaScript with the flag `u`; `undefined` for one that JavaScript cannot express. The
 * models are written in the syntax of `java.util.regex`.
 */
export function toJavaScript(pattern: string): string | undefined {
  if (!TRANSLATED.has(pattern)) TRANSLATED.set(pattern, translated(pattern));
  return TRANSLATED.get(pattern);
}

const TRANSLATED = new Map<string, string | undefined>();

function translated(pattern: string): string | undefined {
  // Between slashes, or with every backslash doubled: an error of the model, by which the service itself does not go.
  if (/^\/.*\/$/s.test(pattern) || /\\\\[+.dsw]/.test(pattern)) return undefined;
  const classes = withClasses(pattern);
  if (/\\[AZzGQE]|[*+?}]\+/.test(classes)) return undefined;
  // Flag `u` refuses a backslash before a character that needs none.
  const found = [
    classes,
    classes.replaceAll(/\\(?=[^\^$\\.*+?()[\]{}|/a-zA-Z0-9-])/g, ""),
    withoutBackslash(classes),
  ].find(isPattern);
  return found === undefined || isSlow(found) ? undefined : found;
}

/** Whether a text is a regular expression that the sandbox can use. */
function isPattern(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "su") instanceof RegExp;
  } catch {
    return false;
  }
}

/** What texts that break a pattern are made of; the last character is in no pattern. */
const REPEATED = ["a", "A", "0", "-", "a-", "a.", "a/", "a:", "arn:aws:", " ", "=", "+"];

const TEXTS = REPEATED.map((it) => `${it.repeat(128 / it.length)}\u{1}`);
const PLACE = createContext({ texts: TEXTS, pattern: "" });
const TRIAL = new Script('for (const it of texts) new RegExp(pattern, "su").test(it)');

/** Whether a regular expression takes more than a second for some short texts, because it tries every way to divide them. */
export function isSlow(pattern: string): boolean {
  try {
    PLACE["pattern"] = `^(?:${pattern})$`;
    TRIAL.runInContext(PLACE, { timeout: 1_000 });
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return true;
    throw error;
  }
}

function withClasses(pattern: string): string {
  let depth = 0;
  return pattern.replaceAll(/\\p\{(\w+)\}|\\.|\[|\]/gs, (found, name: string | undefined) => {
    if (found === "[") depth += 1;
    if (found === "]") depth -= 1;
    const members = name === undefined ? undefined : CLASSES[name.replace(/^Is/, "")];
    if (members === undefined) return found;
    return depth > 0 ? members : `[${members}]`;
  });
}

/** Outside of classes a hyphen needs no backslash, nor does any letter or punctuation that means nothing. */
function withoutBackslash(pattern: string): string {
  return pattern.replaceAll(/\\([-_:@=,#%&~!"'<>; ])/g, (_, it: string, at: number) =>
    it === "-" && isInClass(pattern, at) ? "\\-" : it,
  );
}

function isInClass(pattern: string, at: number): boolean {
  const before = pattern.slice(0, at).replaceAll(/\\./gs, "");
  return before.lastIndexOf("[") > before.lastIndexOf("]");
}
