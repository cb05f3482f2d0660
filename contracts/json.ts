/** Whether a value is an object of JSON: neither a list nor `null`; nothing is known of its members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
