import type { Store } from "./store/store.ts";
import type { Values } from "./wire.ts";

/** Changes what exists behind the engine's back, as somebody with a console would; throws when no resource has the URN. */
export function drift(store: Store, urn: string, change: Values): void {
  const resource = store.all().find((it) => it.urn === urn);
  if (resource === undefined) throw new TypeError(`no resource "${urn}" exists in the sandbox`);
  const { inputs, outputs } = resource;
  store.put({ ...resource, inputs: { ...inputs, ...change }, outputs: { ...outputs, ...change } });
}
