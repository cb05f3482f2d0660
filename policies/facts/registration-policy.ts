/** The Pulumi type of a Keycloak realm's policy for clients that register. */
export const REGISTRATION_POLICY = "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy";
