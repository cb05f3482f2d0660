import { staging } from "../../../../environments/staging.ts";
import type { Plan } from "../../../../plan/model.ts";
import { directoriesSayWhatTheDataAllows } from "../../../../policies/premise-4-registered-clients/providers/directories-say-what-the-data-allows.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const XYZ = "staging.eu-west-1.xyz-gmbh";
const PROVIDER = "keycloak:saml/identityProvider:IdentityProvider";
const MAPPER = "keycloak:index/customIdentityProviderMapping:CustomIdentityProviderMapping";
const EXECUTION = "keycloak:authentication/execution:Execution";
const NAME = "realm-directory";

const provider = (path: readonly [string, ...string[]], value: unknown): Plan =>
  shippedWith(XYZ, PROVIDER, NAME, set(path, value));
const mapper = (name: string, path: readonly [string, ...string[]], value: unknown): Plan =>
  shippedWith(XYZ, MAPPER, `${NAME}-${name}`, set(path, value));
const [certificate = ""] = staging.tenants["xyz-gmbh"]?.directory?.certificates ?? [];

const OTHER = `"${NAME}" must be the directory of the tenant's data, by its address and its certificates.`;
const LINKS = `"${NAME}" must make an account where there is none, and do nothing else.`;
const takes = (name: string): string =>
  `"${NAME}-${name}" must take from the directory what the tenant's data allows, and nothing else.`;

testRule(directoriesSayWhatTheDataAllows, {
  accepts: { "the directory of the data": shipped(XYZ) },
  rejects: {
    "another directory": [provider(["singleSignOnServiceUrl"], "https://login.evil.example/saml2"), OTHER],
    "a second key that the data does not have": [provider(["signingCertificate"], `${certificate},MIIB`), OTHER],
    "another one's assertions": [provider(["extraConfig", "idpEntityId"], "https://login.evil.example"), OTHER],
    "settings that nobody reads": [provider(["extraConfig", "metadataDescriptorUrl"], "https://evil.example"), OTHER],
    "the name of another realm": [provider(["entityId"], "https://identity.example.com/realms/acme-corp"), OTHER],
    "a flow that links accounts": [shippedWith(XYZ, EXECUTION, NAME, set(["authenticator"], "idp-auto-link")), LINKS],
    "a flow that may be left out": [shippedWith(XYZ, EXECUTION, NAME, set(["requirement"], "ALTERNATIVE")), LINKS],
    "a first sign-in without a flow": [
      shippedWith(XYZ, EXECUTION, NAME),
      `"${NAME}" must have a flow of its own for a first sign-in.`,
    ],
    "a flow of Keycloak's own, which asks for a password and links": [
      provider(["firstBrokerLoginFlowAlias"], "first broker login"),
      `"${NAME}" must have a flow of its own for a first sign-in.`,
    ],
    "a group that the table does not have": [
      mapper("group-1", ["extraConfig", "attributes"], '[{"key":"groups","value":"everybody"}]'),
      takes("group-1"),
    ],
    "another group of the realm than the table's": [
      mapper("group-3", ["extraConfig", "group"], "/developers"),
      takes("group-3"),
    ],
    "groups by a pattern": [mapper("group-1", ["extraConfig", "are.attribute.values.regex"], "true"), takes("group-1")],
    "groups that are never left": [mapper("group-1", ["extraConfig", "syncMode"], "IMPORT"), takes("group-1")],
    "a role": [mapper("group-1", ["identityProviderMapper"], "saml-role-idp-mapper"), takes("group-1")],
    "a department": [mapper("email", ["extraConfig", "user.attribute"], "department"), takes("email")],
    "the names of people in the realm": [
      mapper("username", ["extraConfig", "template"], "${NAMEID}"),
      takes("username"),
    ],
  },
});
