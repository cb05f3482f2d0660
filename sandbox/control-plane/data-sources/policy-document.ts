import { isRecord } from "../../../contracts/json.ts";
import { CloudError } from "../cloud/errors.ts";
import type { Values } from "../wire.ts";

interface PolicyDocument {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly Values[];
}

const NEWEST_VERSION = "2012-10-17";
/** Arguments that the provider has removed. */
const REMOVED = ["overrideJson", "sourceJson"];

/**
 * What `aws.iam.getPolicyDocument` answers: the document that its arguments describe, with the order and the lists that the AWS
 * provider writes. Throws `CloudError` for arguments that the provider refuses.
 */
export function policyDocument(args: Values): Values {
  const removed = REMOVED.find((it) => args[it] !== undefined);
  if (removed !== undefined) throw new CloudError("InvalidArgument", `${removed} has no effect any more`, removed);
  const document = [...sources(args), described(args), ...documents(args, "overridePolicyDocuments")].reduce(merged);
  const { Statement, ...head } = document;
  const whole = Statement.length === 0 ? head : { ...head, Statement };
  const json = JSON.stringify(whole, null, 2);
  return { ...args, id: String(json.length), json, minifiedJson: JSON.stringify(whole) };
}

function described(args: Values): PolicyDocument {
  const version = typeof args["version"] === "string" ? args["version"] : NEWEST_VERSION;
  return {
    Version: version,
    ...(typeof args["policyId"] === "string" ? { Id: args["policyId"] } : {}),
    Statement: records(args["statements"]).map((it) => withVariables(statement(it), version) as Values),
  };
}

function statement(it: Values): Values {
  return {
    ...(it["sid"] === undefined ? {} : { Sid: it["sid"] }),
    Effect: it["effect"] ?? "Allow",
    ...list("Action", it["actions"]),
    ...list("NotAction", it["notActions"]),
    ...list("Resource", it["resources"]),
    ...list("NotResource", it["notResources"]),
    ...principals("Principal", records(it["principals"])),
    ...principals("NotPrincipal", records(it["notPrincipals"])),
    ...conditions(records(it["conditions"])),
  };
}

function sources(args: Values): readonly PolicyDocument[] {
  const all = documents(args, "sourcePolicyDocuments");
  const sids = all.flatMap((it) => it.Statement.flatMap(({ Sid }) => (typeof Sid === "string" ? [Sid] : [])));
  const twice = sids.find((it, i) => sids.indexOf(it) !== i);
  if (twice === undefined) return all;
  throw new CloudError(
    "InvalidArgument",
    `sourcePolicyDocuments has two statements "${twice}"`,
    "sourcePolicyDocuments",
  );
}

function documents(args: Values, key: string): readonly PolicyDocument[] {
  const texts: readonly unknown[] = Array.isArray(args[key]) ? args[key] : [];
  return texts.flatMap((text, i) => (text === "" ? [] : [documentOf(text, `${key}[${i}]`)]));
}

function documentOf(text: unknown, property: string): PolicyDocument {
  try {
    const it: unknown = JSON.parse(String(text));
    if (isRecord(it))
      return {
        ...it,
        Version: typeof it["Version"] === "string" ? it["Version"] : "",
        Statement: records([it["Statement"]].flat()),
      };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CloudError("InvalidArgument", `${property} must be the JSON text of a policy document`, property);
}

/** Two documents in one: a statement of the later one replaces that of the earlier one with the same `Sid`. */
function merged(before: PolicyDocument, after: PolicyDocument): PolicyDocument {
  const statements = [...before.Statement];
  for (const it of after.Statement) {
    const place = statements.findIndex(({ Sid }) => Sid !== undefined && Sid === it["Sid"]);
    if (place < 0) statements.push(it);
    else statements[place] = it;
  }
  const Version = after.Version > before.Version ? after.Version : before.Version;
  return { ...before, Version, ...(after.Id === undefined ? {} : { Id: after.Id }), Statement: statements };
}

function list(key: string, value: unknown): Values {
  return Array.isArray(value) && value.length > 0 ? { [key]: oneOrSorted(value) } : {};
}

function principals(key: string, all: readonly Values[]): Values {
  const [first] = all;
  if (first === undefined) return {};
  if (all.length === 1 && first["type"] === "*" && oneOrSorted(first["identifiers"]) === "*") return { [key]: "*" };
  return { [key]: gathered(all.map((it) => [String(it["type"]), oneOrSorted(it["identifiers"])])) };
}

function conditions(all: readonly Values[]): Values {
  if (all.length === 0) return {};
  const tests = [...new Set(all.map((it) => String(it["test"])))].sort();
  const of = (test: string): readonly (readonly [string, unknown])[] =>
    all.filter((it) => it["test"] === test).map((it) => [String(it["variable"]), one(it["values"])]);
  return { Condition: Object.fromEntries(tests.map((test) => [test, gathered(of(test))])) };
}

/** Values by key, keys sorted; the values of one key become one list. */
function gathered(entries: readonly (readonly [string, unknown])[]): Values {
  const keys = [...new Set(entries.map(([key]) => key))].sort();
  const of = (key: string): unknown => one(entries.flatMap(([it, value]) => (it === key ? value : [])));
  return Object.fromEntries(keys.map((key) => [key, of(key)]));
}

/** The provider sorts sets of strings in descending order, and writes a single one without its list. */
function oneOrSorted(value: unknown): unknown {
  return Array.isArray(value) && value.length > 1 ? (value as unknown[]).map(String).sort().reverse() : one(value);
}

function one(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
}

/** Turns `&{aws:username}` into IAM's `${aws:username}`, as the provider does; policy language 2008-10-17 has no variables. */
function withVariables(value: unknown, version: string): unknown {
  if (typeof value === "string") return version === NEWEST_VERSION ? value.replaceAll("&{", "${") : value;
  if (Array.isArray(value)) return value.map((it) => withVariables(it, version));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withVariables(it, version)]));
}

function records(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
