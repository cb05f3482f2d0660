/** What an answer must look like: members that are not named do not matter, `$type`, `$each`, `$some` and `$json` say less than a value. */
export type Pattern = unknown;

/** Where an answer is not as the pattern has it, or nothing. */
export function mismatch(pattern: Pattern, value: unknown, at = "answer"): string | undefined {
  if (typeof pattern !== "object" || pattern === null)
    return Object.is(pattern, value) ? undefined : `${at} is ${shown(value)}, not ${shown(pattern)}`;
  if (Array.isArray(pattern)) return mismatchOfList(pattern, value, at);
  const [[operator, operand] = ["", undefined]] = Object.entries(pattern);
  const judge = OPERATORS[operator];
  return judge === undefined ? mismatchOfMembers(pattern, value, at) : judge(operand, value, at);
}

const OPERATORS: Readonly<Record<string, (operand: Pattern, value: unknown, at: string) => string | undefined>> = {
  $type: (type, value, at) =>
    typeOf(value) === type ? undefined : `${at} is ${shown(value)}, not of type ${shown(type)}`,
  $each: (pattern, value, at) =>
    Array.isArray(value) && value.length > 0
      ? first(value, (it, i) => mismatch(pattern, it, `${at}[${i}]`))
      : `${at} is no filled list`,
  $some: (pattern, value, at) =>
    Array.isArray(value) && value.some((it) => mismatch(pattern, it) === undefined)
      ? undefined
      : `${at} has nothing like ${shown(pattern)}`,
  $json: (pattern, value, at) => mismatch(pattern, parsed(value), `${at} as JSON`),
};

function mismatchOfList(patterns: readonly Pattern[], value: unknown, at: string): string | undefined {
  if (!Array.isArray(value) || value.length !== patterns.length) return `${at} is no list of ${patterns.length}`;
  return first(patterns, (it, i) => mismatch(it, value[i], `${at}[${i}]`));
}

function mismatchOfMembers(pattern: object, value: unknown, at: string): string | undefined {
  if (typeOf(value) !== "object") return `${at} is ${shown(value)}, not an object`;
  const members = value as Readonly<Record<string, unknown>>;
  return first(Object.entries(pattern), ([name, it]) =>
    Object.hasOwn(members, name) ? mismatch(it, members[name], `${at}.${name}`) : `${at}.${name} is missing`,
  );
}

function first<Item>(
  items: readonly Item[],
  fault: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = fault(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value ?? null).slice(0, 120);
}
