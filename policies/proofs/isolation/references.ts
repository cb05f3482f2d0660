import { oncePer } from "../../engine/once-per.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { arnIndex } from "./arn-index.ts";
import { type Thing, things } from "./things.ts";

/** A thing that a resource names in one of its inputs. */
export interface Reference {
  readonly from: Placed;
  /** The path of the input. */
  readonly path: string;
  readonly thing: Thing;
  /** Whether the input is nothing but the name, at the top of the resource. */
  readonly isDirect: boolean;
}

/** Inputs in which a name is text for people, or a policy document, which says more than a name. */
export const NO_REFERENCE =
  /^(?:tags|tagsAll|description|policy|policyDocument|resourcePolicy|accessPolicy|accessPolicies|assumeRolePolicy|inlinePolicies|deliveryDestinationPolicy|definition)$/;

const ARN = /arn:aws[a-z-]*:[^\s"'\\,;?#]+/g;

/** The things that a resource names by ARN anywhere, or by id, in its inputs. */
export function named(from: Placed, platform: Platform): readonly Reference[] {
  return references(platform).get(from.resource.urn) ?? [];
}

/** What each resource names, by its URN. */
export const references = oncePer((platform: Platform): ReadonlyMap<string, readonly Reference[]> => {
  const ids = new Map<string, Thing[]>();
  for (const thing of things(platform)) for (const id of thing.ids) ids.set(id, [...(ids.get(id) ?? []), thing]);
  const all = platform.stacks.flatMap((stack) =>
    stack.resources.map((resource) => [resource.urn, referencesOf({ resource, stack }, platform, ids)] as const),
  );
  return new Map(all.filter(([, found]) => found.length > 0));
});

function referencesOf(from: Placed, platform: Platform, ids: ReadonlyMap<string, readonly Thing[]>): Reference[] {
  const { resource } = from;
  return Object.entries(resource.resource.inputs).flatMap(([key, value]) => {
    if (NO_REFERENCE.test(key)) return [];
    return textsIn(value, key).flatMap(([path, text]) => {
      const byId = resource.type.startsWith("aws:") ? othersWith(ids.get(text) ?? [], from) : [];
      const byArn = arnsIn(text).flatMap((arn) => arnIndex(platform).named(arn));
      return [...byId, ...byArn].map((thing) => ({ from, path, thing, isDirect: path === key }));
    });
  });
}

/** Names are unique in a region and account only: one that the resource's own stack has means that. */
function othersWith(all: readonly Thing[], { resource, stack }: Placed): readonly Thing[] {
  const own = all.filter((it) => it.stack === stack);
  return (own.length > 0 ? own : all).filter((it) => it.resource !== resource);
}

/** The ARNs in a text, also in the path of a URL. */
export function arnsIn(text: string): readonly string[] {
  if (!text.includes("arn")) return [];
  const plain = text.includes("arn%3A") ? text.replaceAll("%3A", ":").replaceAll("%2F", "/") : text;
  return plain.match(ARN) ?? [];
}

/** Every text in an input, with its path. */
export function textsIn(value: unknown, path: string): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, it]) => textsIn(it, `${path}.${key}`));
}
