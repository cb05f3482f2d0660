import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { readStatements, type Statement, statementsOf } from "../../facts/policy-document.ts";
import { allows, type Call, isFor, mayDeny } from "../../facts/reach/permission.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** Calls that somebody makes for a resource, and the document that must let them through. */
export interface Deed {
  /** The service that calls, as IAM names it, or the ARN of the role that does. */
  readonly who: string;
  readonly calls: readonly Call[];
  /** The resource that must let it in. */
  readonly at: Placed;
  readonly statements: readonly Statement[];
  /** What fails without it, as a sentence. */
  readonly why: string;
}

/** The first of the calls that is not let through; `undefined` where all are. What is not understood lets nothing through. */
export function refusedOf({ who, calls, statements }: Deed): Call | undefined {
  const own = statements.filter((it) => isFor(it, who));
  return calls.find((it) => !allows(own, it) || mayDeny(own, it));
}

/** A call by HTTPS on a resource, for something of an account. */
export function callOn(action: string, resource: string, source: Readonly<Record<string, string>> = {}): Call {
  return { action, resource, context: { "aws:securetransport": "true", ...source } };
}

/** The condition keys by which a service says for what of which account it calls. */
export function onBehalfOf(arn: string): Readonly<Record<string, string>> {
  return { "aws:sourcearn": arn, "aws:sourceaccount": arn.split(":")[4] ?? "" };
}

/** The statements of a key's policy; a key without one leaves all to IAM, as AWS KMS writes it then. */
export function keyStatementsOf(key: Placed): readonly Statement[] {
  if (key.resource.has("policy")) return statementsOf(key.resource, "policy");
  const account = outputOf(key.resource, "arn").split(":")[4] ?? "";
  const all = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" };
  return readStatements({ Statement: [all] }, "policy");
}

/** What a service must be let do with the key of an ARN, if it is one of the plans. */
export function keyDeeds(
  platform: Platform,
  arn: string | undefined,
  { who, actions, context, why }: KeyUse,
): readonly Deed[] {
  const key = arn === undefined ? undefined : platform.ofArn(arn);
  if (key === undefined || arn === undefined || ![TYPE.key, TYPE.replicaKey].some((it) => it === key.resource.type))
    return [];
  const calls = actions.map((it) => callOn(it, arn, context));
  return [{ who, calls, at: key, statements: keyStatementsOf(key), why }];
}

interface KeyUse {
  readonly who: string;
  readonly actions: readonly string[];
  readonly context: Readonly<Record<string, string>>;
  readonly why: string;
}
