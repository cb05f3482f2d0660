import { isRecord } from "../../../contracts/json.ts";
import { type CedarPolicy, type Constraint, entitiesOf } from "./parse.ts";

/** Whether a permit is for callers of the tenant only: one of the things that must all be true says so. */
export function isForTenant(policy: CedarPolicy, tenant: string): boolean {
  return whenParts(policy).some((it) => equalsTag(it, "tenant_id") === tenant);
}

/**
 * Whether a forbid denies to every caller of the principals, on the gateway, whatever no caller of another tenant may do: it is of no
 * action and of nothing else in particular, and excepts only callers of the tenant.
 */
export function forbidsOthers(
  policy: CedarPolicy,
  of: { principal: Constraint; gateway: string; tenant: string },
): boolean {
  const { effect, principal, action, resource, conditions } = policy;
  if (effect !== "forbid" || action.op !== "All" || conditions.length !== 1) return false;
  const isOfAll = principal.op === "All" || isSameType(principal, of.principal);
  const isHere = resource.op === "All" || entitiesOf(resource)?.includes(of.gateway) === true;
  return isOfAll && isHere && conditions.every((it) => it.kind === "unless" && excepts(it.body, of.tenant));
}

function excepts(body: unknown, tenant: string): boolean {
  return parts(body, "&&").some((it) => equalsTag(it, "tenant_id") === tenant);
}

/**
 * The scope that a permit demands, as tokens say it: the whole tag or one of its words. `undefined` where it demands none, or in a way
 * that is not understood.
 */
export function demandedScope(policy: CedarPolicy): string | undefined {
  const words = whenParts(policy).map((it) => parts(it, "||").map(scopeWord));
  return words.map(oneOf).find((it) => it !== undefined);
}

/** The word of alternatives that all ask for the same one. */
function oneOf([first, ...others]: readonly (string | undefined)[]): string | undefined {
  return others.every((it) => it === first) ? first : undefined;
}

/** `tag == "w"`, or `tag like` one of `"w *"`, `"* w"`, `"* w *"`. */
function scopeWord(expression: unknown): string | undefined {
  const exact = equalsTag(expression, "scope");
  if (exact !== undefined) return /\s/.test(exact) ? undefined : exact;
  const pattern = likeTag(expression, "scope");
  if (pattern === undefined) return undefined;
  return /^(?:\* )?([^\s*]+) \*$/.exec(pattern)?.[1] ?? /^\* ([^\s*]+)$/.exec(pattern)?.[1];
}

/** The pattern that `principal.getTag(name) like pattern` compares with. */
function likeTag(expression: unknown, name: string): string | undefined {
  const like = isRecord(expression) ? expression["like"] : undefined;
  if (!isRecord(like) || !isTag(like["left"], name) || !Array.isArray(like["pattern"])) return undefined;
  return like["pattern"].map((it: unknown) => (it === "Wildcard" ? "*" : literal(it))).join("");
}

/** An asterisk that is no wildcard becomes what no pattern takes. */
function literal(it: unknown): string {
  return isRecord(it) && typeof it["Literal"] === "string" ? it["Literal"].replaceAll("*", "\n") : "\n";
}

function whenParts({ conditions }: CedarPolicy): readonly unknown[] {
  return conditions.filter(({ kind }) => kind === "when").flatMap(({ body }) => parts(body, "&&"));
}

/** The sides of a chain of `&&` or `||`. */
function parts(expression: unknown, operator: "&&" | "||"): readonly unknown[] {
  const chain = isRecord(expression) ? expression[operator] : undefined;
  if (!isRecord(chain)) return [expression];
  return [...parts(chain["left"], operator), ...parts(chain["right"], operator)];
}

/** The value that `principal.getTag(name) == value` compares with. */
function equalsTag(expression: unknown, name: string): string | undefined {
  const sides = isRecord(expression) ? expression["=="] : undefined;
  if (!isRecord(sides)) return undefined;
  const [tag, other] = isTag(sides["left"], name)
    ? [true, sides["right"]]
    : [isTag(sides["right"], name), sides["left"]];
  const value = isRecord(other) ? other["Value"] : undefined;
  return tag && typeof value === "string" ? value : undefined;
}

function isTag(expression: unknown, name: string): boolean {
  const call = isRecord(expression) ? expression["getTag"] : undefined;
  if (!isRecord(call) || !isRecord(call["left"]) || !isRecord(call["right"])) return false;
  return call["left"]["Var"] === "principal" && call["right"]["Value"] === name;
}

function isSameType(one: Constraint, other: Constraint): boolean {
  return one.op === "is" && other.op === "is" && one.entity_type === other.entity_type;
}
