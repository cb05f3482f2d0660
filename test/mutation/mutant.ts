import type { Plan, PlannedResource } from "../../plan/model.ts";
import { qualifiedTypeOf } from "../../plan/urn.ts";

/** A stack of which resources are changed, with all plans of its environment and what makes another one of it. */
export interface Subject {
  readonly layer: "environment" | "region" | "tenant";
  readonly stack: string;
  readonly plans: readonly Plan[];
  readonly here: Whereabouts;
  readonly elsewhere: Whereabouts & { readonly stack: string };
}

/** Names by which a stack is told from others. */
export interface Whereabouts {
  readonly account: string;
  readonly region: string;
  readonly tenant: string;
}

/** How the description of a type speaks of a property; `whole` where the resource itself is added, moved or left out. */
export type Described = "read" | "accepts" | "unread" | "inert" | "whole";

/** One change of one resource that must be found. */
export interface Mutant {
  /** What tells it from others, and what it is called on the page: layer, kind of resource, property, operator. */
  readonly id: string;
  readonly operator: string;
  readonly type: string;
  /** The component that holds the resource, and what tells resources of one component apart. */
  readonly kind: string;
  readonly property: string;
  /** The property as descriptions write it. */
  readonly plain: string;
  readonly described: Described;
  readonly before: unknown;
  readonly after: unknown;
  /** The URN of the resource. */
  readonly urn: string;
  readonly subject: Subject;
  /** The plans that change. */
  readonly plans: () => readonly Plan[];
}

/** A change of one resource before it is known which mutant it makes. */
export interface Change {
  readonly operator: string;
  readonly property: string;
  readonly plain?: string;
  readonly described: Described;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly plans: () => readonly Plan[];
}

/** Of types that a component makes several of, the input that tells which one it is. */
const TOLD_BY: Readonly<Record<string, (inputs: PlannedResource["inputs"]) => unknown>> = {
  "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy": (it) => it["providerId"],
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": (it) => (it["metadata"] as { name?: unknown } | undefined)?.name,
};

/** The component that made a resource, and the type: resources of one kind are changed alike, so one of them stands for all. */
export function kindOf({ urn, type, inputs }: PlannedResource): string {
  const component = qualifiedTypeOf(urn)
    .split("$")
    .findLast((it) => it.startsWith("alicerce:"));
  const told = TOLD_BY[type]?.(inputs);
  const parts = [component?.split(":").at(-1), type.split(":").at(-1), typeof told === "string" ? told : undefined];
  return parts.filter((it) => it !== undefined).join("/");
}

/** The mutant of a change. */
export function mutantOf(change: Change, resource: PlannedResource, subject: Subject): Mutant {
  const kind = kindOf(resource);
  return {
    plain: change.property,
    before: undefined,
    after: undefined,
    ...change,
    id: `${subject.layer} ${kind} ${change.property}: ${change.operator}`,
    type: resource.type,
    kind,
    urn: resource.urn,
    subject,
  };
}

/** The plan with one resource in another's place, or without it. */
export function withResource(plan: Plan, urn: string, after?: PlannedResource): Plan {
  return { ...plan, resources: plan.resources.flatMap((it) => (it.urn !== urn ? [it] : after ? [after] : [])) };
}

/** The resource with changed inputs. What the provider answered repeats an input, so it is changed there as well. */
export function withInputs(resource: PlannedResource, inputs: PlannedResource["inputs"]): PlannedResource {
  const { outputs } = resource;
  if (outputs === undefined) return { ...resource, inputs };
  const after = Object.entries(outputs).flatMap(([key, value]): [string, unknown][] => {
    if (!(key in resource.inputs) || inputs[key] === resource.inputs[key]) return [[key, value]];
    return key in inputs ? [[key, inputs[key]]] : [];
  });
  return { ...resource, inputs, outputs: Object.fromEntries(after) };
}
