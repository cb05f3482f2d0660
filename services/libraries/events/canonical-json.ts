/** JSON whose members are sorted by their names, so that the same value is the same text (RFC 8785); throws a `TypeError` for what JSON has not. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, it]) => it !== undefined);
    const sorted = members.toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([name, it]) => `${JSON.stringify(name)}:${canonicalJson(it)}`).join(",")}}`;
  }
  const isJson = value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
  if (!isJson) throw new TypeError(`${typeof value} is not a value of JSON`);
  return JSON.stringify(value);
}
