import type { Store } from "./store/store.ts";
import type { Values } from "./wire.ts";

/**
 * Changes a resource in the sandbox without the engine, as a person in the AWS console would; `undefined` removes a property.
 * Throws `TypeError` when no resource has the URN.
 */
export function drift(store: Store, urn: string, change: Values): void {
  const resource = store.all().find((it) => it.urn === urn);
  if (resource === undefined) throw new TypeError(`no resource "${urn}" exists in the sandbox`);
  const { inputs, outputs } = resource;
  store.put({ ...resource, inputs: changed(inputs, change), outputs: changed(outputs, change) });
}

function changed(values: Values, change: Values): Values {
  return Object.fromEntries(Object.entries({ ...values, ...change }).filter(([, value]) => value !== undefined));
}
