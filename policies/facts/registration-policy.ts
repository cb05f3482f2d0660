/** The Pulumi type of what a Keycloak realm demands of clients that register. */
export const REGISTRATION_POLICY = "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy";
