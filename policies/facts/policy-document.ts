import type { PlannedResource } from "../../plan/model.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { Value } from "../engine/value.ts";
import { UnreadableDocument } from "../engine/unreadable-document.ts";
import { parseJson } from "./grants/language/json-text.ts";
import { covers, overlap } from "./grants/language/patterns.ts";

/** One condition of a statement; it is met when one of its values matches. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Whom a statement is about: the kind is `AWS`, `Service`, `Federated` or `CanonicalUser`; a bare `*` has the kind `*`. */
export interface Principal {
  readonly kind: string;
  readonly id: string;
}

/** The elements that IAM's grammar has, in a document and in a statement (`reference_policies_grammar` of IAM's user guide). */
const OF_DOCUMENT = ["Version", "Id", "Statement"];
const OF_STATEMENT = [
  ...["Sid", "Effect", "Condition"],
  ...["Principal", "Action", "Resource"].flatMap((it) => [it, `Not${it}`]),
];

/** One statement of an IAM policy document. An element is read when it is first asked for, and kept: many rules ask for the same. */
export class Statement {
  readonly #value: Value;
  readonly allows: boolean;
  readonly denies: boolean;
  /** Whether it applies to everything except what it lists (NotAction, NotResource or NotPrincipal). */
  readonly isInverted: boolean;
  #actions: readonly string[] | undefined;
  #lowActions: readonly string[] | undefined;
  #resources: readonly string[] | undefined;
  #principals: readonly Principal[] | undefined;
  #conditions: readonly Condition[] | undefined;

  /** Throws `UnreadableDocument` for an element that IAM does not know, and for an effect that is neither Allow nor Deny. */
  constructor(value: Value) {
    this.#value = value;
    refuseOthers(value, OF_STATEMENT);
    const effect = value.text("Effect");
    this.allows = effect === "Allow";
    this.denies = effect === "Deny";
    if (!this.allows && !this.denies) throw new UnreadableDocument("an effect is neither Allow nor Deny");
    this.isInverted = ["NotAction", "NotResource", "NotPrincipal"].some((it) => value.has(it));
  }

  get actions(): readonly string[] {
    return (this.#actions ??= textsIn(this.#value, "Action"));
  }

  /** The actions in lower case, as IAM compares them. */
  get lowActions(): readonly string[] {
    return (this.#lowActions ??= this.actions.map((it) => it.toLowerCase()));
  }

  /** The actions that it does not apply to, or `undefined` where it names those that it applies to. */
  get notActions(): readonly string[] | undefined {
    return this.#value.has("NotAction") ? textsIn(this.#value, "NotAction") : undefined;
  }

  get resources(): readonly string[] {
    return (this.#resources ??= textsIn(this.#value, "Resource"));
  }

  /** The resources that it does not apply to, or `undefined`. */
  get notResources(): readonly string[] | undefined {
    return this.#value.has("NotResource") ? textsIn(this.#value, "NotResource") : undefined;
  }

  get principals(): readonly Principal[] {
    return (this.#principals ??= this.#principalsIn("Principal"));
  }

  /** The principals that it does not apply to, or `undefined`. */
  get notPrincipals(): readonly Principal[] | undefined {
    return this.#value.has("NotPrincipal") ? this.#principalsIn("NotPrincipal") : undefined;
  }

  get conditions(): readonly Condition[] {
    return (this.#conditions ??= this.#value
      .entries("Condition")
      .flatMap(([operator, keys]) =>
        keys.entries().map(([key, values]) => ({ operator, key, values: textsIn(values) })),
      ));
  }

  /** Whether one of its actions, with IAM's wildcards, matches `action`. */
  covers(action: string): boolean {
    const asked = action.toLowerCase();
    return this.lowActions.some((it) => covers(it, asked));
  }

  /** Whether it applies to some action that the pattern matches; `NotAction` applies to all but what it covers. */
  touches(pattern: string): boolean {
    const not = this.notActions;
    const action = pattern.toLowerCase();
    if (not !== undefined) return !not.some((it) => covers(it.toLowerCase(), action));
    return this.lowActions.some((it) => overlap(it, action));
  }

  /** Reads every element; throws `UnreadableDocument` for one that holds what is no text, and `UnknownValue`. */
  readAll(): void {
    for (const element of OF_STATEMENT.filter((it) => /Action|Resource/.test(it))) textsIn(this.#value, element);
    for (const element of ["Principal", "NotPrincipal"]) this.#principalsIn(element);
    if (!this.conditions.every(({ operator }) => /^[\w:]+$/.test(operator))) {
      throw new UnreadableDocument("a condition's operator is none");
    }
  }

  #principalsIn(element: string): readonly Principal[] {
    const bare = this.#value.at(element);
    if (Array.isArray(bare)) throw new UnreadableDocument("a principal is a list without a kind");
    if (typeof bare === "string") return [{ kind: "*", id: bare }];
    return this.#value.entries(element).flatMap(([kind, ids]) => textsIn(ids).map((id) => ({ kind, id })));
  }
}

const parsed = new WeakMap<PlannedResource, Map<string, readonly Statement[]>>();

/**
 * The statements of the policy document in an input, which is JSON text or an object. Throws `UnreadableDocument` for what cannot be
 * read in one way only, and `UnknownValue` for what is not known yet.
 */
export function statementsOf(resource: ResourceView, input: string): readonly Statement[] {
  let documents = parsed.get(resource.resource);
  if (documents === undefined) parsed.set(resource.resource, (documents = new Map<string, readonly Statement[]>()));
  let statements = documents.get(input);
  if (statements === undefined) documents.set(input, (statements = readStatements(resource.at(input), input)));
  return statements;
}

/** The statements of a policy document that is not a resource's input by itself; throws as `statementsOf`. */
export function readStatements(raw: unknown, path: string): readonly Statement[] {
  if (raw === undefined || raw === null || raw === "") return [];
  const document = new Value(typeof raw === "string" ? parseJson(raw) : raw, path);
  refuseOthers(document, OF_DOCUMENT);
  return document.list("Statement").map((it) => new Statement(it));
}

function refuseOthers(value: Value, known: readonly string[]): void {
  const fields = value.at();
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    throw new UnreadableDocument("it holds something else where an object must be");
  }
  const other = Object.keys(fields).find((it) => !known.includes(it));
  if (other !== undefined) throw new UnreadableDocument(`it holds "${other}", which IAM does not know there`);
}

/** IAM takes booleans and numbers for their texts. */
function textsIn(value: Value, element = ""): readonly string[] {
  return value.list(element).map((each) => {
    const it = each.at();
    if (typeof it === "string" || typeof it === "boolean" || typeof it === "number") return String(it);
    throw new UnreadableDocument("it holds something else where a text must be");
  });
}
