import type { ResourceView } from "../../engine/resource-view.ts";
import { TYPE } from "../resource-types.ts";

/** The resources that grant by inputs of their own instead of a document, each as the statement that AWS makes of it. */
export const GRANTS_BY_INPUTS: Readonly<Record<string, (it: ResourceView) => Readonly<Record<string, unknown>>>> = {
  [TYPE.lambdaPermission]: ofLambda,
  [TYPE.kmsGrant]: ofKey,
};

/** A statement of a function's policy (`AddPermission` of Lambda's API). */
function ofLambda(it: ResourceView): Readonly<Record<string, unknown>> {
  const principal = it.text("principal") ?? "*";
  return {
    Effect: "Allow",
    Principal: principal.endsWith(".amazonaws.com") ? { Service: principal } : { AWS: principal },
    Action: it.at("action"),
    Resource: it.at("function"),
    Condition: {
      ...condition("ArnLike", { "aws:SourceArn": it.at("sourceArn") }),
      ...condition("StringEquals", {
        "aws:SourceAccount": it.at("sourceAccount"),
        "aws:PrincipalOrgID": it.at("principalOrgId"),
        "lambda:EventSourceToken": it.at("eventSourceToken"),
        "lambda:FunctionUrlAuthType": it.at("functionUrlAuthType"),
      }),
    },
  };
}

/** A grant of a key: what `CreateGrant` of AWS KMS lets the grantee do. */
function ofKey(it: ResourceView): Readonly<Record<string, unknown>> {
  return {
    Effect: "Allow",
    Principal: { AWS: it.at("granteePrincipal") },
    Action: it.texts("operations").map((operation) => `kms:${operation}`),
    Resource: it.at("keyId"),
  };
}

function condition(operator: string, keys: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const set = Object.entries(keys).filter(([, value]) => value !== undefined && value !== null);
  return set.length === 0 ? {} : { [operator]: Object.fromEntries(set) };
}
