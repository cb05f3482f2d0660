// A URN is `urn:pulumi:<stack>::<project>::<qualified type>::<name>`; a name may itself hold `::`.

/** The name of the stack in a URN. */
export function stackOf(urn: string): string {
  return urn.split("::")[0]?.replace(/^urn:pulumi:/, "") ?? "";
}

/** The name of the project in a URN. */
export function projectOf(urn: string): string {
  return urn.split("::")[1] ?? "";
}

/** The type in a URN with the types of the parents before it, separated by `$`. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The resource type in a URN. */
export function typeOf(urn: string): string {
  const qualified = qualifiedTypeOf(urn);
  return qualified.split("$").at(-1) ?? qualified;
}

/** The logical name in a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The URN in the reference of a provider, which is `<urn>::<id>`. */
export function urnOfProvider(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}
