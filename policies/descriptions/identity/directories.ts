import type { Descriptions } from "../description.ts";
import { NAME, TEXT } from "../reasons.ts";

/** Keycloak: the directory of a company, and what becomes of who comes from it. */
export const DIRECTORIES: Descriptions = {
  "keycloak:authentication/execution:Execution": {
    read: ["authenticator", "parentFlowAlias", "realmId", "requirement"],
  },
  "keycloak:authentication/flow:Flow": {
    read: ["alias", "realmId"],
    inert: { description: TEXT },
    accepts: { providerId: ["basic-flow"] },
  },
  // Mappers of other types are refused: they would make somebody a member of whatever a directory says.
  "keycloak:index/customIdentityProviderMapping:CustomIdentityProviderMapping": {
    read: ["extraConfig", "identityProviderAlias", "identityProviderMapper", "realm"],
    inert: { name: NAME },
  },
  // Providers by OpenID Connect have a secret, which would be in the state; they are refused.
  "keycloak:saml/identityProvider:IdentityProvider": {
    read: [
      "alias",
      "entityId",
      "extraConfig",
      "firstBrokerLoginFlowAlias",
      "realm",
      "signingCertificate",
      "singleSignOnServiceUrl",
    ],
    inert: { displayName: TEXT },
    accepts: {
      addReadTokenRoleOnCreate: [false],
      enabled: [true],
      linkOnly: [false],
      nameIdPolicyFormat: ["Persistent"],
      postBindingAuthnRequest: [true],
      postBindingResponse: [true],
      principalType: ["SUBJECT"],
      signatureAlgorithm: ["RSA_SHA256", "RSA_SHA512"],
      storeToken: [false],
      syncMode: ["FORCE"],
      trustEmail: [false],
      validateSignature: [true],
      wantAssertionsSigned: [true],
      wantAuthnRequestsSigned: [true],
    },
    needs: [
      "firstBrokerLoginFlowAlias",
      "nameIdPolicyFormat",
      "postBindingResponse",
      "principalType",
      "signingCertificate",
      "storeToken",
      "syncMode",
      "trustEmail",
      "validateSignature",
      "wantAssertionsSigned",
    ],
  },
};
