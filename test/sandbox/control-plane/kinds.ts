import type { Catalogue, TypeSpec } from "../../../sandbox/control-plane/catalogue/catalogue.ts";
import { checkProperty } from "../../../sandbox/control-plane/catalogue/check.ts";

/** Which outputs of a resource are missing, or of another kind than the SDK declares. */
export function kindFaults(catalogue: Catalogue, type: string, outputs: Readonly<Record<string, unknown>>): string[] {
  const { computed = {} } = catalogue.resource(type) ?? {};
  const types = new Proxy({}, { get: (_, ref) => catalogue.nested(type, String(ref)) });
  return Object.entries<TypeSpec>(computed).flatMap(([name, spec]) => {
    if (outputs[name] === undefined) return [`${type} ${name} is missing`];
    const faults = checkProperty(outputs[name], { type: spec }, { types, limits: {} }, name);
    return faults.map(({ property, reason }) => `${type} ${property} ${reason}`);
  });
}
