import type { Subject } from "../mutant.ts";
import { isRecord } from "../paths.ts";

/** A statement of a policy document. */
export type Statement = Readonly<Record<string, unknown>>;

/** What is made of a statement: other statements in its place. `undefined` where the operator does not apply. */
export type OfStatement = (statement: Statement, subject: Subject) => readonly Statement[] | undefined;

/** The statements in a text that is a policy document; `undefined` for any other text. */
export function statementsIn(value: unknown): readonly Statement[] | undefined {
  if (typeof value !== "string" || !value.includes('"Statement"')) return undefined;
  const document: unknown = JSON.parse(value);
  if (!isRecord(document)) return undefined;
  return [document["Statement"]].flat().filter(isRecord);
}

/** The document with other statements. */
export function withStatements(text: unknown, statements: readonly Statement[]): string {
  return JSON.stringify({ ...(JSON.parse(String(text)) as object), Statement: statements });
}

/** What a statement is called: its own name, or its effect and first action. */
export function labelOf(statement: Statement): string {
  const [action = ""] = actionsOf(statement);
  return typeof statement["Sid"] === "string" ? statement["Sid"] : `${String(statement["Effect"])} ${action}`;
}

const STRANGER = "arn:aws:iam::999900001111:root";

/** What is done to single statements, by the operator's name. */
export const STATEMENTS: Readonly<Record<string, OfStatement>> = {
  leftOut: () => [],
  /** A statement that grants everybody everything stands beside it. */
  andAll: (it) => [it, { Effect: "Allow", Action: "*", Resource: "*", ...("Principal" in it && { Principal: "*" }) }],
  /** Another account is granted the same. */
  andStranger: (it) => ("Principal" in it ? [it, { ...it, Effect: "Allow", Principal: { AWS: STRANGER } }] : undefined),
  otherEffect: (it) => [{ ...it, Effect: it["Effect"] === "Allow" ? "Deny" : "Allow" }],
  allActions: (it) => ("Action" in it && it["Action"] !== "*" ? [{ ...it, Action: "*" }] : undefined),
  serviceActions: (it) => {
    const [action = ""] = actionsOf(it);
    return action.includes(":") ? [{ ...it, Action: action.replace(/:.*/, ":*") }] : undefined;
  },
  oneActionLess: (it) => {
    const actions = actionsOf(it);
    return actions.length > 1 ? [{ ...it, Action: actions.slice(1) }] : undefined;
  },
  otherActions: (it) => ("Action" in it ? [{ ...withoutKey(it, "Action"), NotAction: it["Action"] }] : undefined),
  allResources: (it) => ("Resource" in it && it["Resource"] !== "*" ? [{ ...it, Resource: "*" }] : undefined),
  otherResources: (it) =>
    "Resource" in it ? [{ ...withoutKey(it, "Resource"), NotResource: "arn:aws:s3:::none" }] : undefined,
  allPrincipals: (it) => ("Principal" in it && it["Principal"] !== "*" ? [{ ...it, Principal: "*" }] : undefined),
  /** A Deny of everybody denies one role alone. */
  onePrincipal: (it, { here }) =>
    it["Effect"] === "Deny" && it["Principal"] === "*"
      ? [{ ...it, Principal: { AWS: `arn:aws:iam::${here.account}:role/one` } }]
      : undefined,
  /** A Deny is on one resource less. */
  oneResourceLess: (it) => {
    const { Effect, Resource } = it;
    return Effect === "Deny" && Array.isArray(Resource) && Resource.length > 1
      ? [{ ...it, Resource: Resource.slice(1) }]
      : undefined;
  },
  withoutCondition: (it) => ("Condition" in it ? [withoutKey(it, "Condition")] : undefined),
  ifExists: (it) => {
    if (!isRecord(it["Condition"])) return undefined;
    return [{ ...it, Condition: renamed(it["Condition"], (key) => `${key}IfExists`) }];
  },
  unknownElement: (it) => [{ ...it, Conditions: {} }],
};

/** Operators on each key of a statement's condition. */
export function conditionsOf(statement: Statement): readonly (readonly [name: string, after: Statement])[] {
  const condition = statement["Condition"];
  if (!isRecord(condition)) return [];
  return Object.entries(condition).flatMap(([test, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).flatMap(([key, value]) => {
      const rest = withoutKey(keys as Statement, key);
      const at = (after: unknown): Statement => ({
        ...statement,
        Condition: { ...condition, [test]: after },
      });
      const without =
        Object.keys(rest).length > 0 ? at(rest) : { ...statement, Condition: withoutKey(condition, test) };
      const wide = at({ ...rest, [key]: test.includes("Like") ? "*" : value });
      return [
        [`without ${test} ${key}`, without] as const,
        ...(test.includes("Like") ? ([[`any ${test} ${key}`, wide]] as const) : []),
      ];
    }),
  );
}

function renamed(record: Statement, name: (key: string) => string): Statement {
  return Object.fromEntries(Object.entries(record).map(([key, it]) => [name(key), it]));
}

function withoutKey(record: Statement, key: string): Statement {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function actionsOf(statement: Statement): readonly string[] {
  return [statement["Action"] ?? statement["NotAction"]].flat().filter((it) => typeof it === "string");
}
