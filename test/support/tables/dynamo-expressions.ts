type Attribute = Readonly<Record<string, unknown>>;

/** An item of a table: its attributes by name. */
export type Item = Record<string, Attribute>;

/** What an expression of DynamoDB is read with. */
export interface Expressions {
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

/** Of the words that DynamoDB lets no expression use as the name of an attribute ("Reserved words") those that come to mind for one. */
const RESERVED =
  /(?<![#:\w])(?:key|keys|name|names|value|values|owner|status|state|token|ttl|count|counter|data|date|time|timestamp|user|role|level|part|partition|range|hash|order|position|size|source|type|types|text|language|session|scope|uuid|domain|number|items|item|list|map|set|index|result|results|percent|zone|year)(?!\w)/i;

/** Throws for a condition or an update that DynamoDB refuses because of the name of an attribute. */
export function requireNoReservedWord({ ConditionExpression = "", UpdateExpression = "" }: Expressions): void {
  const text = [ConditionExpression, UpdateExpression.replace(/^(?:SET|ADD|DELETE) /, "")].join(" ");
  const [word] = RESERVED.exec(text) ?? [];
  if (word !== undefined) throw new Error(`Attribute name is a reserved keyword; reserved keyword: ${word}`);
}

/** Whether an item, or the absence of one, is as the condition says: comparisons, `attribute_exists`, AND, OR and brackets. */
export function holds(call: Expressions, item: Item = {}): boolean {
  const { ConditionExpression: condition, ExpressionAttributeNames: names = {} } = call;
  if (condition === undefined) return true;
  const attribute = (name: string): Attribute | undefined => item[names[name] ?? name];
  const terms = condition.replaceAll(
    /attribute_(not_)?exists\((#?\w+)\)|(#?\w+) (=|<=|<|>) (:\w+)/g,
    (_, not: string | undefined, exists: string | undefined, ...compares: readonly string[]) => {
      const [left = "", operator = "", right = ""] = compares;
      if (exists !== undefined) return String((attribute(exists) === undefined) === (not !== undefined));
      return String(compared(attribute(left), operator, call.ExpressionAttributeValues?.[right]));
    },
  );
  return truth(terms);
}

/** Reads `true AND (false OR true)`, innermost brackets first; throws for anything else. */
function truth(text: string): boolean {
  const simple = text.replaceAll(/\(((?:true|false)(?: (?:AND|OR) (?:true|false))*)\)/g, (_, inner: string) =>
    String(truth(inner)),
  );
  if (simple !== text) return truth(simple);
  if (!/^(?:true|false)(?: (?:AND|OR) (?:true|false))*$/.test(text))
    throw new Error(`the condition is unknown: ${text}`);
  return text.split(" OR ").some((it) => it.split(" AND ").every((one) => one === "true"));
}

/** An attribute that is absent is as no comparison says. */
function compared(left: Attribute | undefined, operator: string, right: Attribute | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  const [[type, a] = [], [otherType, b] = []] = [Object.entries(left)[0], Object.entries(right)[0]];
  if (type !== otherType) return false;
  if (operator === "=") return a === b;
  const [x, y] = [Number(a), Number(b)];
  return operator === "<" ? x < y : operator === "<=" ? x <= y : x > y;
}

/** The item after `SET name = :value, …`, `ADD number :n, set :s` or `DELETE set :s`. */
export function updated(
  item: Item,
  { UpdateExpression = "", ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Expressions,
): Item {
  const [, verb, rest = ""] = /^(SET|ADD|DELETE) (.*)$/.exec(UpdateExpression) ?? [];
  const parts = rest.split(", ").map((it) => it.split(verb === "SET" ? " = " : " "));
  const entries = parts.map(([written = "", by = ""]) => {
    const name = names[written] ?? written;
    const value = verb === "SET" ? set(item, by, values) : added(verb, item[name], values[by]);
    return [name, value] as const;
  });
  const next = { ...item, ...Object.fromEntries(entries) };
  return Object.fromEntries(Object.entries(next).filter(([, it]) => (it["SS"] as string[] | undefined)?.length !== 0));
}

/** `:value`, or `name + :value`. */
function set(item: Item, text: string, values: Item): Attribute {
  const [, base, value = ""] = /^(?:(\w+) \+ )?(:\w+)$/.exec(text) ?? [];
  const by = values[value];
  if (by === undefined) throw new Error(`the update is unknown: ${text}`);
  return base === undefined ? by : { N: String(Number(item[base]?.["N"]) + Number(by["N"])) };
}

function added(verb: string | undefined, before: Attribute = {}, by: Attribute = {}): Attribute {
  if (by["N"] !== undefined) return { N: String(Number(before["N"] ?? 0) + Number(by["N"])) };
  const members = (before["SS"] ?? []) as string[];
  const changes = (by["SS"] ?? []) as string[];
  return {
    SS: verb === "ADD" ? [...new Set([...members, ...changes])] : members.filter((it) => !changes.includes(it)),
  };
}
