import { oncePer } from "../../engine/once-per.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { Subjects } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { UnknownValue } from "../../engine/three-values.ts";
import { TYPE } from "../resource-types.ts";
import { typesWith } from "./documents.ts";

/** The resources that attach managed policies, by type, and the inputs that name those. */
export const ATTACHMENTS: Readonly<Record<string, string>> = {
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
  [TYPE.role]: "managedPolicyArns",
};

/** What grants to roles, users and groups: inline policies wherever they are written, and managed policies that the stack attaches. */
export const grantors: Subjects = {
  types: typesWith("identity"),
  where: (it, stack) => {
    if (it.type === TYPE.role) return it.list("inlinePolicies").length > 0;
    return it.type !== TYPE.managedPolicy || isAttached(it, stack);
  },
};

interface Attached {
  readonly arns: ReadonlySet<string>;
  readonly urns: ReadonlySet<string>;
}

const attachedIn = oncePer((stack: StackIndex): Attached => {
  const arns = new Set<string>();
  const urns = new Set<string>();
  for (const [type, input] of Object.entries(ATTACHMENTS)) {
    for (const it of stack.ofType(type)) {
      for (const { urn } of linksOf(it, input, stack)) urns.add(urn);
      for (const arn of knownTexts(it, input)) arns.add(arn);
    }
  }
  return { arns, urns };
});

/** Whether an attachment of the stack names a managed policy; one that only bounds roles grants nothing. */
function isAttached(policy: ResourceView, stack: StackIndex): boolean {
  const { arns, urns } = attachedIn(stack);
  const arn = policy.resource.outputs?.["arn"];
  const name = policy.text("name");
  const path = policy.text("path") ?? "/";
  const isNamed = name !== undefined && [...arns].some((it) => it.endsWith(`:policy${path}${name}`));
  return urns.has(policy.urn) || (typeof arn === "string" && arns.has(arn)) || isNamed;
}

function linksOf(it: ResourceView, input: string, stack: StackIndex): readonly ResourceView[] {
  return it.resource.propertyDependencies === undefined ? [] : stack.linked(it, input);
}

function knownTexts(it: ResourceView, input: string): readonly string[] {
  try {
    return it.texts(input);
  } catch (error) {
    if (error instanceof UnknownValue) return [];
    throw error;
  }
}

/** The roles that the stack's gateways have: a role counts by its name where that is known, else by where the value came from. */
const gatewayRolesIn = oncePer((stack: StackIndex) => {
  const names = new Set<string>();
  for (const gateway of stack.ofType(TYPE.gateway)) {
    const [arn] = knownTexts(gateway, "roleArn");
    if (arn !== undefined) names.add(arn.slice(arn.lastIndexOf("/") + 1));
    else
      for (const role of linksOf(gateway, "roleArn", stack))
        for (const name of knownTexts(role, "name")) names.add(name);
  }
  return names;
});

/** Whether only a gateway of the stack is granted what the resource grants. Throws `UnknownValue` where the role's name is not known. */
export function isOfGateway(it: ResourceView, stack: StackIndex): boolean {
  if (it.type !== TYPE.rolePolicy && it.type !== TYPE.role) return false;
  return gatewayRolesIn(stack).has(it.text(it.type === TYPE.role ? "name" : "role") ?? "");
}
