/** Most values that a document may have once every reference is replaced by what it means. */
const MOST_VALUES = 200_000;

/** The references that lead out of a document. */
export function externalReferences(document: object): readonly string[] {
  return [...new Set([...referencesIn(document)].filter((it) => it !== "#" && !it.startsWith("#/")))];
}

function* referencesIn(value: unknown): Iterable<string> {
  if (typeof value !== "object" || value === null) return;
  if ("$ref" in value && typeof value.$ref === "string") yield value.$ref;
  for (const member of Object.values(value)) yield* referencesIn(member);
}

/** Why a document cannot be written without references: it would never end, or be enormous (a billion laughs). */
export function expansionFault(document: object): string | undefined {
  const sizes = new Map<string, number>();
  const open = new Set<string>();
  const sizeOf = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 1;
    const members = Object.values(value).reduce<number>((sum, member) => sum + sizeOf(member), 1);
    return "$ref" in value && typeof value.$ref === "string" ? members + sizeOfReference(value.$ref) : members;
  };
  const sizeOfReference = (reference: string): number => {
    const known = sizes.get(reference);
    if (known !== undefined) return known;
    if (open.has(reference)) throw new RangeError(`"${reference}" contains itself`);
    open.add(reference);
    const size = sizeOf(pointedAt(document, reference));
    open.delete(reference);
    sizes.set(reference, size);
    return size;
  };
  try {
    return sizeOf(document) > MOST_VALUES ? `it has more than ${MOST_VALUES} values without references` : undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function pointedAt(document: object, reference: string): unknown {
  const keys = reference
    .slice(2)
    .split("/")
    .map((it) => decodeURIComponent(it).replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as Keyed)[key] : undefined,
    document,
  );
}

interface Keyed {
  readonly [key: string]: unknown;
}
