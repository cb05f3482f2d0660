/** The traits of a shape or a member, by their ids. */
export interface Traits {
  readonly [id: string]: unknown;
}

const PRELUDE = "smithy.api#";

/** Whether a trait of the prelude is there. */
export function hasTrait(traits: Traits, name: string): boolean {
  return PRELUDE + name in traits;
}

/** The text of a trait of the prelude. */
export function textTrait(traits: Traits, name: string): string | undefined {
  const value = traits[PRELUDE + name];
  return typeof value === "string" ? value : undefined;
}

/** The members of a trait of the prelude; none for a trait that is not there. */
export function structureTrait(traits: Traits, name: string): { readonly [member: string]: unknown } {
  const value = traits[PRELUDE + name];
  return typeof value === "object" && value !== null ? (value as { readonly [member: string]: unknown }) : {};
}

/** What the documentation of something says; Smithy's is CommonMark, which may hold HTML. */
export function documentationIn(traits: Traits): string | undefined {
  return textTrait(traits, "documentation")
    ?.replace(/<[^>]*>/g, "")
    .trim();
}
