import { perStack } from "../engine/lookup.ts";
import { TYPE } from "./resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";

/** The Keycloak objects of a type that belong to a realm, which they name by its id. */
export function ofRealm(realm: ResourceView, type: string, stack: StackIndex): readonly ResourceView[] {
  return stack.referrers(realm, type, "realmId");
}

/** The discovery URLs of the realms of a stack, as the Keycloak that serves them publishes them. */
export const discoveryUrls = perStack((stack) =>
  stack.ofType(TYPE.realm).map((realm) => {
    const url = realm.provider?.text("url")?.replace(/\/+$/, "") ?? "";
    return `${url}/realms/${realm.text("realm") ?? ""}/.well-known/openid-configuration`;
  }),
);
