import type * as pulumi from "@pulumi/pulumi";

/** What every feature of a stack gives beside its own outputs: the resources to depend on in order to come after it. */
export interface Feature {
  readonly resources: readonly pulumi.Resource[];
}

/** The resources of all these features, in their order; an entry that is no feature does not compile. */
export function resourcesOf(features: { readonly [name: string]: Feature }): readonly pulumi.Resource[] {
  return Object.values(features).flatMap((it) => it.resources);
}
