import { namersOf } from "../reference.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";

/** The Keycloak objects of a type whose `realmId` is that of the realm. */
export function ofRealm(realm: ResourceView, type: string, stack: StackIndex): readonly ResourceView[] {
  return namersOf(realm, { types: [type], input: "realmId" }, ["id", "realm"], stack);
}

/** The Pulumi type of a Keycloak realm's policy for clients that register. */
export const REGISTRATION_POLICY = "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy";
