import { oncePer } from "../engine/once-per.ts";
import { TYPE } from "./resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";

/** The Keycloak objects of a type whose `realmId` is that of the realm. */
export function ofRealm(realm: ResourceView, type: string, stack: StackIndex): readonly ResourceView[] {
  return stack.referrers(realm, type, "realmId");
}

/** The OpenID discovery URLs of the realms of a stack. */
export const discoveryUrls = oncePer((stack: StackIndex) =>
  stack.ofType(TYPE.realm).map((realm) => {
    const url = realm.provider?.text("url")?.replace(/\/+$/, "") ?? "";
    return `${url}/realms/${realm.text("realm") ?? ""}/.well-known/openid-configuration`;
  }),
);
