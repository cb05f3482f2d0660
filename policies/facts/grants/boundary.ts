import { oncePer } from "../../engine/once-per.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { unlessUnknown } from "../../engine/three-values.ts";
import { parseArn } from "../arn.ts";
import type { Statement } from "../policy-document.ts";
import { TYPE } from "../resource-types.ts";
import { demands, isOwnAccount } from "./account.ts";
import { mayNameEverything, namesExactActions } from "./actions.ts";
import { hasVariable, isPattern } from "./language/patterns.ts";

/** Actions with which a role could give itself or another one more than it has. */
const ESCALATES = /^(?:iam:(?!Get|List|PassRole$)|organizations:|account:|sso|identitystore:)/i;

/** Actions with which a role acts as another one. */
const BECOMES = /^(?:sts:AssumeRole\w*|iam:PassRole)$/i;

/** Path and name of the permissions boundary of the stack's environment. */
export function boundaryNameOf(stack: StackIndex): string {
  return `/alicerce/alicerce-${stack.address.environment.name}-boundary`;
}

/** Path and name of the boundary of the roles of clusters in the stack's environment: it names services, as AWS's policies of clusters change. */
export function clusterBoundaryNameOf(stack: StackIndex): string {
  return `/alicerce/alicerce-${stack.address.environment.name}-cluster-boundary`;
}

const boundariesIn = oncePer(
  (stack: StackIndex) =>
    new Set(
      stack.ofType(TYPE.role).flatMap((it) => {
        return unlessUnknown(
          () => it.texts("permissionsBoundary"),
          () => linkedTo(it, stack),
        );
      }),
    ),
);

function linkedTo(it: ResourceView, stack: StackIndex): readonly string[] {
  return it.resource.propertyDependencies === undefined
    ? []
    : stack.linked(it, "permissionsBoundary").map(({ urn }) => urn);
}

/** Whether a managed policy bounds roles: it has the name of the environment's boundary, or a role of the stack names it. */
export function isBoundary(policy: ResourceView, stack: StackIndex): boolean {
  if (`${policy.text("path") ?? "/"}${policy.text("name") ?? ""}` === boundaryNameOf(stack)) return true;
  const arn = policy.resource.outputs?.["arn"];
  return boundariesIn(stack).has(policy.urn) || (typeof arn === "string" && boundariesIn(stack).has(arn));
}

/** Whether what a statement of a boundary allows stays in the account, and lets no role gain more than it has. */
export function boundsTo(statement: Statement, stack: StackIndex): boolean {
  const { actions, isInverted, resources } = statement;
  if (isInverted || !namesExactActions(statement) || actions.some((it) => ESCALATES.test(it))) return false;
  if (mayNameEverything(statement)) return true;
  const becomes = actions.some((it) => BECOMES.test(it));
  if (actions.some((it) => /^sts:AssumeRole/i.test(it)) && !isByNamedRoles(statement)) return false;
  return resources.length > 0 && resources.every((it) => staysIn(it, statement, stack) && !(becomes && isAnyRole(it)));
}

function staysIn(resource: string, { conditions }: Statement, stack: StackIndex): boolean {
  const arn = parseArn(resource);
  if (arn === undefined || isPattern(arn.service) || hasVariable(resource)) return false;
  if (isOwnAccount(arn.account, stack)) return true;
  if (arn.account !== "") return false;
  // The ARNs of Bedrock's models and of buckets name no account.
  if (arn.service === "bedrock") return arn.resource.startsWith("foundation-model/");
  return demands(conditions, "aws:ResourceAccount", (it) => isOwnAccount(it, stack), ["StringEquals"]);
}

/** Whether only roles whose names begin in a way that is told become another one. */
function isByNamedRoles({ conditions }: Statement): boolean {
  const isNamed = (it: string): boolean => /^arn:aws:iam::\d{12}:role\/[^*?]*[^*?/][^*?]*/.test(it) && !isAnyRole(it);
  return demands(conditions, "aws:PrincipalArn", isNamed, ["ArnEquals", "ArnLike", "StringEquals", "StringLike"]);
}

function isAnyRole(resource: string): boolean {
  return !/^role\/[^*?]+\/|^role\/[^*?]+$/.test(parseArn(resource)?.resource ?? "");
}
