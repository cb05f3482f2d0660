import { type Values, isRecord } from "./wire.ts";
import type { Caller } from "./cloud/cloud.ts";

type Invocation = (args: Values, caller: Caller) => Values;

/** The data sources that the sandbox answers. */
const INVOCATIONS: Readonly<Record<string, Invocation>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
    id: account,
    accountId: account,
    arn: `arn:aws:iam::${account}:role/deployer`,
    userId: "AROAEXAMPLE:deployer",
  }),
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (args, { region }) => {
    const id = typeof args["region"] === "string" ? args["region"] : region;
    return { id, region: id, name: id, description: id, endpoint: `ec2.${id}.amazonaws.com` };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
    const json = JSON.stringify(policyDocument(args), null, 2);
    return { ...args, id: String(json.length), json, minifiedJson: JSON.stringify(JSON.parse(json)) };
  },
};

/** Answers a data source; `undefined` for one that the sandbox has not been taught. */
export function invoke(token: string, args: Values, caller: Caller): Values | undefined {
  return INVOCATIONS[token]?.(args, caller);
}

/** The IAM policy document that the arguments of `aws.iam.getPolicyDocument` describe. */
function policyDocument(args: Values): Values {
  const statements = Array.isArray(args["statements"]) ? args["statements"].filter(isRecord) : [];
  return {
    Version: typeof args["version"] === "string" ? args["version"] : "2012-10-17",
    Statement: statements.map((it) => ({
      ...(it["sid"] === undefined ? {} : { Sid: it["sid"] }),
      Effect: it["effect"] ?? "Allow",
      ...list("Action", it["actions"]),
      ...list("NotAction", it["notActions"]),
      ...list("Resource", it["resources"]),
      ...list("NotResource", it["notResources"]),
      ...principals("Principal", it["principals"]),
      ...principals("NotPrincipal", it["notPrincipals"]),
      ...conditions(it["conditions"]),
    })),
  };
}

function list(key: string, value: unknown): Values {
  if (!Array.isArray(value) || value.length === 0) return {};
  return { [key]: value.length === 1 ? (value[0] as unknown) : [...(value as unknown[])].sort().reverse() };
}

function principals(key: string, value: unknown): Values {
  if (!Array.isArray(value) || value.length === 0) return {};
  const entries = value.filter(isRecord).map((it) => [String(it["type"]), it["identifiers"]] as const);
  if (entries.some(([type, ids]) => type === "*" && Array.isArray(ids) && ids.includes("*"))) return { [key]: "*" };
  return {
    [key]: Object.fromEntries(
      entries.map(([type, ids]) => [type, Array.isArray(ids) && ids.length === 1 ? (ids[0] as unknown) : ids]),
    ),
  };
}

function conditions(value: unknown): Values {
  if (!Array.isArray(value) || value.length === 0) return {};
  const merged: Record<string, Record<string, unknown>> = {};
  for (const it of value.filter(isRecord)) {
    const values: unknown = Array.isArray(it["values"]) && it["values"].length === 1 ? it["values"][0] : it["values"];
    (merged[String(it["test"])] ??= {})[String(it["variable"])] = values;
  }
  return { Condition: merged };
}
