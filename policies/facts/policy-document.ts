import type { PlannedResource } from "../../plan/model.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { Value } from "../engine/value.ts";

/** One condition of a statement; it is met when one of its values matches. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** One statement of an IAM policy document. */
export class Statement {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  get allows(): boolean {
    return this.#value.text("Effect") === "Allow";
  }

  get denies(): boolean {
    return this.#value.text("Effect") === "Deny";
  }

  /** Whether it applies to everything except what it lists (NotAction, NotResource or NotPrincipal). */
  get isInverted(): boolean {
    return ["NotAction", "NotResource", "NotPrincipal"].some((it) => this.#value.has(it));
  }

  get actions(): readonly string[] {
    return this.#value.texts("Action");
  }

  get resources(): readonly string[] {
    return this.#value.texts("Resource");
  }

  /** The principals as `kind` and `id`; a bare `*` has the kind `*`. */
  get principals(): readonly { readonly kind: string; readonly id: string }[] {
    const bare = this.#value.text("Principal");
    if (bare !== undefined) return [{ kind: "*", id: bare }];
    return this.#value.entries("Principal").flatMap(([kind, ids]) => ids.texts().map((id) => ({ kind, id })));
  }

  get conditions(): readonly Condition[] {
    return this.#value
      .entries("Condition")
      .flatMap(([operator, keys]) =>
        keys.entries().map(([key, values]) => ({ operator, key, values: values.list().flatMap(conditionValue) })),
      );
  }

  /** Whether one of its actions, with IAM's wildcards, matches `action`. */
  covers(action: string): boolean {
    return this.actions.some((it) => matches(it.toLowerCase(), action.toLowerCase()));
  }
}

const parsed = new WeakMap<PlannedResource, Map<string, readonly Statement[]>>();

/** The statements of the policy document in an input, which is JSON text or an object; throws `SyntaxError` for text that is no JSON. */
export function statementsOf(resource: ResourceView, input: string): readonly Statement[] {
  let documents = parsed.get(resource.resource);
  if (documents === undefined) parsed.set(resource.resource, (documents = new Map<string, readonly Statement[]>()));
  let statements = documents.get(input);
  if (statements === undefined) documents.set(input, (statements = parse(resource.at(input), input)));
  return statements;
}

/** Whether a pattern with `*` and `?` matches the text. */
export function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

/** IAM also takes a boolean or a number as the value of a condition, and compares its text. */
function conditionValue(it: Value): readonly string[] {
  const value = it.at();
  return ["string", "boolean", "number"].includes(typeof value) ? [String(value)] : [];
}

function parse(raw: unknown, input: string): readonly Statement[] {
  if (raw === undefined) return [];
  const document: unknown = typeof raw === "string" ? JSON.parse(raw) : raw;
  return new Value(document, input).list("Statement").map((it) => new Statement(it));
}
