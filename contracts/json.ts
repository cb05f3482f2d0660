/** Whether a value is an object of JSON: neither a list nor `null`; nothing is known of its members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a text says in JSON; `undefined` for a text that is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object that a text is in JSON; an empty one for every other text. */
export function recordIn(text: string): Readonly<Record<string, unknown>> {
  const value = parsedJson(text);
  return isRecord(value) ? value : {};
}
