import {
  type ExecutionLayer,
  knowsNoResource,
  needsOf,
  tagsWhatItMakes,
  typesOf,
} from "../../../contracts/execution/needs.ts";
import { TAG } from "../../../contracts/tags.ts";
import { parseArn } from "../arn.ts";
import { allOf, type Context, isMet } from "../grants/language/conditions.ts";
import type { Statement } from "../policy-document.ts";
import type { Deploying } from "./conditions.ts";

/** Calls that are authorized on two resources, each of which must be granted (Service Authorization Reference). */
const ON_TWO: readonly (readonly [action: RegExp, resources: readonly string[]])[] = [
  [/^kms:\w+Alias$/, [":alias/", ":key/"]],
  [/^wafv2:(?:Associate|Disassociate)WebACL$/, ["/webacl/", ":gateway/", ":userpool/", ":loadbalancer/app/"]],
  [/^cognito-idp:AssociateWebACL$/, ["/webacl/", ":userpool/"]],
  // The one that is associated is the region's, also where a tenant's stack does it.
  [/^wafv2:GetWebACL$/, [":regional/webacl/alicerce-"]],
];

/** One way in which a deployment uses actions: on what, and what the request then has. */
interface Use {
  readonly how: string;
  readonly isOf: (action: string) => boolean;
  readonly context: Context;
}

/** What the statements of a role do not let it do with its own stack: each action, how it is used and where. */
export function missingFrom(statements: readonly Statement[], layer: ExecutionLayer, by: Deploying): readonly string[] {
  const needed = [...new Set(typesOf(layer).flatMap((it) => needsOf(it, layer) ?? []))];
  return usesBy(by).flatMap(({ context, how, isOf }) => {
    const granted = resourcesByAction(statements.filter((it) => it.allows && isMetIn(it, context) !== false));
    const denials = statements.filter((it) => it.denies && it.resources.includes("*") && isMetIn(it, context) === true);
    return needed.filter(isOf).flatMap((action) => {
      const resources = denials.some((it) => it.touches(action)) ? [] : (granted.get(action) ?? []);
      return resources.length === 0
        ? [`${action} ${how}`]
        : unreached(action, resources, by).map((at) => `${action} ${at}`);
    });
  });
}

/** What is made has no tag yet, and the request has that of the stack; what is changed has it. */
function usesBy({ address }: Deploying): readonly Use[] {
  const [asked, has] = [`aws:RequestTag/${TAG.stack}`, `aws:ResourceTag/${TAG.stack}`];
  return [
    { how: "to tag what it has", isOf: tagsAnew, context: { [asked]: null, [has]: address } },
    { how: "for what it makes", isOf: tagsWhatItMakes, context: { [asked]: address, [has]: null } },
    {
      how: "for what it has",
      isOf: (it) => !knowsNoResource(it) || !tagsWhatItMakes(it),
      context: { [asked]: address, [has]: address },
    },
  ];
}

/** A change of other tags than that of the stack asks for those alone. */
function tagsAnew(action: string): boolean {
  return /:(?:AddTags|CreateTags|Tag)/.test(action) && tagsWhatItMakes(action) && !knowsNoResource(action);
}

/** Whether a request meets all conditions of a statement; `undefined` where they ask for what a use does not say. */
function isMetIn({ conditions }: Statement, context: Context): boolean | undefined {
  return allOf(conditions.map((it) => isMet(it, context)));
}

function resourcesByAction(statements: readonly Statement[]): ReadonlyMap<string, readonly string[]> {
  const pairs = statements.flatMap(({ actions, resources }) => actions.map((action) => ({ action, resources })));
  const groups = Map.groupBy(pairs, ({ action }) => action);
  return new Map([...groups].map(([action, of]) => [action, of.flatMap(({ resources }) => resources)]));
}

/** The kinds of resources and the regions that are not among the resources on which an action is granted. */
function unreached(action: string, resources: readonly string[], { regions }: Deploying): readonly string[] {
  const kinds = ON_TWO.find(([actions]) => actions.test(action))?.[1] ?? [];
  const isThere = (resource: string, region: string): boolean =>
    ["", region].includes(parseArn(resource)?.region ?? "");
  return [
    ...kinds.filter((kind) => !resources.some((it) => it.includes(kind))).map((kind) => `on ${kind}`),
    ...regions.filter((region) => !resources.some((it) => isThere(it, region))).map((region) => `in ${region}`),
  ];
}
