import type { Placed, Platform } from "../../engine/platform.ts";
import { grantsOf } from "../../facts/grants/documents.ts";
import { covers } from "../../facts/grants/language/patterns.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { policiesOf } from "../../facts/reach/role.ts";
import { keyUseOf } from "../least-privilege/platform-needs.ts";
import { type NamedStore, storesNamedBy } from "./named-stores.ts";

/** What a workload must be able to do with a store that it is told of. */
export interface StoreNeed {
  readonly store: NamedStore;
  /** What its code calls of the store's service and its role is granted on the store; none where it can do nothing with it. */
  readonly actions: readonly string[];
  /** What those take at the store's key. */
  readonly keyCalls: readonly Call[];
}

/** For each store that the environment of a workload names, what its code, which calls these actions, does with it. */
export function storeNeeds(
  platform: Platform,
  workload: Placed,
  role: Placed,
  called: readonly string[],
): readonly StoreNeed[] {
  return storesNamedBy(platform, workload).map((store) => {
    const ofService = called.filter((it) => it.startsWith(`${store.service}:`));
    const actions = ofService.filter((it) => isGrantedOn(platform, role, it, store.arn));
    const [, , , region = ""] = store.arn.split(":");
    const context = { "kms:viaservice": `${store.service}.${region}.amazonaws.com` };
    const { keyArn } = store;
    const keyCalls =
      keyArn === undefined ? [] : keyUseOf(actions).map((action) => ({ action, resource: keyArn, context }));
    return { store, actions, keyCalls };
  });
}

/** Whether some grant of a role names the action and the resource, whatever it demands of the request. */
function isGrantedOn(platform: Platform, role: Placed, action: string, arn: string): boolean {
  const grants = policiesOf(platform, role).flatMap(({ resource }) => grantsOf(resource));
  return grants.some((it) => it.covers(action) && it.resources.some((on) => covers(on, arn)));
}
