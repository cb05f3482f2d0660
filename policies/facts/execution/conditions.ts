import { tagsWhatItMakes } from "../../../contracts/execution/needs.ts";
import { TAG } from "../../../contracts/tags.ts";
import { isWithoutResource } from "../grants/actions.ts";
import { demands } from "../grants/account.ts";
import type { Statement } from "../policy-document.ts";
import { isIntoOthers, isOwnByName } from "./own-resources.ts";

/** A role that deploys: the address of its stack, where that has resources, and in which account. */
export interface Deploying {
  readonly address: string;
  readonly account: string;
  readonly regions: readonly string[];
}

interface Demanded {
  readonly actions: RegExp;
  readonly key: string;
  readonly operators: readonly string[];
  readonly isFine: (value: string, account: string) => boolean;
}

const EQUALS = ["StringEquals"];

/** What a request must have besides a resource of the stack (IAM user guide and AWS KMS, DynamoDB and S3 guides, condition keys). */
const DEMANDED: readonly Demanded[] = [
  {
    actions: /^iam:(?:AttachRolePolicy|CreateRole|DeleteRolePolicy|DetachRolePolicy|PutRolePolicy)$/,
    key: "iam:PermissionsBoundary",
    operators: EQUALS,
    isFine: (it, account) => it.startsWith(`arn:aws:iam::${account}:policy/alicerce/`),
  },
  {
    actions: /^iam:(?:Attach|Detach)RolePolicy$/,
    key: "iam:PolicyARN",
    operators: ["ArnEquals", "ArnLike"],
    isFine: (it) => /^arn:aws:iam::aws:policy\/Amazon(?:EKS\*|EC2ContainerRegistryPullOnly)$/.test(it),
  },
  {
    actions: /^iam:PassRole$/,
    key: "iam:PassedToService",
    operators: EQUALS,
    isFine: (it) => /^[a-z0-9.-]+\.amazonaws\.com$/.test(it),
  },
  {
    actions: /^s3:(?!\w+AccountPublicAccessBlock$)/,
    key: "aws:ResourceAccount",
    operators: EQUALS,
    isFine: (it, account) => it === account,
  },
  {
    actions: /^kms:(?:CreateGrant|Decrypt|Encrypt|GenerateDataKey)$/,
    key: "kms:ViaService",
    operators: [...EQUALS, "StringLike"],
    isFine: (it) => /^[a-z0-9-]+\.(?:\*|[a-z0-9-]+)\.amazonaws\.com$/.test(it),
  },
  {
    actions: /^dynamodb:\w+Item$/,
    key: "dynamodb:LeadingKeys",
    operators: ["ForAllValues:StringEquals"],
    isFine: (it) => it === "directory",
  },
  {
    actions: /^route53:ChangeResourceRecordSets$/,
    key: "route53:ChangeResourceRecordSetsNormalizedRecordNames",
    operators: ["ForAllValues:StringLike"],
    isFine: (it) => /\w\.\w/.test(it),
  },
];

/** Services that are asked in one region for all: there, the region of a request says nothing. */
const ANYWHERE = ["budgets", "ce", "chatbot", "iam", "route53", "s3"];

/** The keys that requests for an action of a statement must have, and that the statement does not demand. */
export function keysNotDemanded({ actions, conditions }: Statement, account: string): readonly string[] {
  const demanded = DEMANDED.filter((it) => actions.some((action) => it.actions.test(action)));
  return demanded
    .filter(({ key, operators, isFine }) => !demands(conditions, key, (it) => isFine(it, account), operators))
    .map(({ key }) => key);
}

/** Whether a statement is of what knows no resource, where it names none. */
export function namesWhatHasNames({ actions, resources }: Statement): boolean {
  return !resources.includes("*") || actions.every((it) => isWithoutResource(it) || it === "logs:PutResourcePolicy");
}

/** Whether a statement that names no resource is met in the stack's regions alone; services that have no regions apart. */
export function isInRegions({ actions, conditions, resources }: Statement, { regions }: Deploying): boolean {
  return (
    !resources.includes("*") ||
    actions.every((it) => ANYWHERE.includes(it.split(":")[0] ?? "")) ||
    demands(conditions, "aws:RequestedRegion", (it) => regions.includes(it), EQUALS)
  );
}

/** Of what has no tags, the names that a request writes say whose it is. */
const BY_NAME = "route53:ChangeResourceRecordSets";

/** The actions of a statement that make or change what is tagged, without asking for the tag of the stack. */
export function actionsWithoutTag(it: Statement, { account, address }: Deploying): readonly string[] {
  const asksFor = (key: string): boolean =>
    demands(it.conditions, `aws:${key}/${TAG.stack}`, (value) => value === address, EQUALS);
  if (asksFor("RequestTag") || asksFor("ResourceTag")) return [];
  const others = it.resources.filter((resource) => !isOwnByName(resource, address, account));
  return it.actions.filter(
    (action) =>
      action !== BY_NAME &&
      (tagsWhatItMakes(action) || !isWithoutResource(action)) &&
      !others.every((resource) => isIntoOthers(action, resource, address)),
  );
}
