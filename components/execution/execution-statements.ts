import {
  type ExecutionLayer,
  knowsNoResource,
  needsOf,
  tagsWhatItMakes,
  typesOf,
} from "../../contracts/execution/needs.ts";
import { TAG } from "../../contracts/tags.ts";
import type { Statement } from "../identity/policy-document.ts";
import { allow, type Exception, type ExecutionScope, inRegions, ownTag } from "./execution-scope.ts";
import { ALIASES, ARCHIVES, DASHBOARDS, ENGINES, FIREWALLS, RECORDERS, WEB_ACLS, ZONES } from "./name-exceptions.ts";
import { ROLES } from "./role-exceptions.ts";
import { BUCKETS, ITEMS, KEYS } from "./store-exceptions.ts";

const EXCEPTIONS: readonly Exception[] = [
  ROLES,
  BUCKETS,
  ITEMS,
  KEYS,
  ZONES,
  FIREWALLS,
  ALIASES,
  ARCHIVES,
  DASHBOARDS,
  ENGINES,
  WEB_ACLS,
  RECORDERS,
];

/** Services that are asked in one region for all. */
const GLOBAL = ["budgets", "ce", "chatbot", "iam", "route53", "s3"];

/** Calls that make something of the stack's in what another stack has: a network, a listener, a cluster. */
const INTO_OTHERS = ["ec2:CreateSecurityGroup", "eks:CreatePodIdentityAssociation", "elasticloadbalancing:CreateRule"];

/**
 * What the role may do that deploys the stack of a layer: what the types of the layer need, on what carries the tag of the stack, and by
 * name where there is no tag.
 */
export function executionStatements(layer: ExecutionLayer, scope: ExecutionScope): readonly Statement[] {
  const actions = neededIn(layer);
  const byTag = actions.filter((action) => !EXCEPTIONS.some((it) => it.takes(action)));
  const exceptions = EXCEPTIONS.flatMap((it) => {
    const taken = actions.filter(it.takes);
    return taken.length === 0 ? [] : it.statements(taken, scope);
  });
  const attaches = allow(actions.filter(isOfAttachments), scope.transitGateways);
  return [
    ...withoutResource(byTag, scope),
    ...withResource(byTag, scope),
    ...attaches,
    ...exceptions,
    keepsToItself(byTag, scope),
  ];
}

/** Whether an action is asked of the Transit Gateway, too, besides the network and the attachment. */
function isOfAttachments(action: string): boolean {
  return action === "ec2:CreateTransitGatewayVpcAttachment";
}

/** All actions that the types of a layer need, once each. */
function neededIn(layer: ExecutionLayer): readonly string[] {
  return [...new Set(typesOf(layer).flatMap((it) => needsOf(it, layer) ?? []))].toSorted();
}

function withoutResource(actions: readonly string[], scope: ExecutionScope): readonly Statement[] {
  const all = actions.filter(knowsNoResource);
  const regional = { "aws:RequestedRegion": scope.regions };
  const tagged = { [`aws:RequestTag/${TAG.stack}`]: scope.address };
  const split = (isTagged: boolean, isAnywhere: boolean): readonly string[] =>
    all.filter((it) => tagsWhatItMakes(it) === isTagged && GLOBAL.includes(serviceOf(it)) === isAnywhere);
  return [
    ...allow(split(false, false), "*", { StringEquals: regional }),
    ...allow(split(false, true), "*"),
    ...allow(split(true, false), "*", { StringEquals: { ...regional, ...tagged } }),
    ...allow(split(true, true), "*", { StringEquals: tagged }),
  ];
}

function withResource(actions: readonly string[], scope: ExecutionScope): readonly Statement[] {
  const tagged = { [`aws:RequestTag/${TAG.stack}`]: scope.address };
  const services = Map.groupBy(
    actions.filter((it) => !knowsNoResource(it)),
    serviceOf,
  );
  return [...services].flatMap(([service, of]) => [
    ...allow(of, arnsOf(service, scope), { StringEquals: ownTag(scope) }),
    ...allow(of.filter(tagsWhatItMakes), arnsOf(service, scope), { StringEquals: tagged }),
  ]);
}

/** What carries the tag of another stack is not tagged anew, nor made part of this one. */
function keepsToItself(actions: readonly string[], scope: ExecutionScope): Statement {
  return {
    Effect: "Deny",
    Action: actions.filter((it) => tagsWhatItMakes(it) && !INTO_OTHERS.includes(it)),
    Resource: "*",
    Condition: {
      StringNotEquals: ownTag(scope),
      Null: { [`aws:ResourceTag/${TAG.stack}`]: "false" },
    },
  };
}

function arnsOf(service: string, scope: ExecutionScope): readonly string[] {
  return GLOBAL.includes(service) ? [`arn:aws:${service}::${scope.account}:*`] : inRegions(service, scope, "*");
}

function serviceOf(action: string): string {
  return action.split(":")[0] ?? "";
}
