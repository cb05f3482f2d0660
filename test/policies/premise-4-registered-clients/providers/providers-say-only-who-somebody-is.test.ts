import * as aws from "@pulumi/aws";
import { providersSayOnlyWhoSomebodyIs } from "../../../../policies/premise-4-registered-clients/providers/providers-say-only-who-somebody-is.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { policyOf, roleFor, served } from "../../programs.ts";

function provider(args: Partial<aws.cognito.IdentityProviderArgs>): void {
  const opts = served();
  const pool = new aws.cognito.UserPool("pool", {}, opts);
  const known = { userPoolId: pool.id, providerName: "Club", providerType: "OIDC" };
  const providerDetails = { client_id: "shop", oidc_issuer: "https://id.club.example.com" };
  new aws.cognito.IdentityProvider("club", { ...known, providerDetails, ...args }, opts);
}

function grant(...actions: readonly string[]): void {
  const opts = served();
  const pool = new aws.cognito.UserPool("pool", {}, opts);
  const role = roleFor("writer", opts);
  const policy = policyOf({ Effect: "Allow", Action: actions, Resource: pool.arn });
  new aws.iam.RolePolicy("writer", { role: role.name, policy }, opts);
}

const says = (what: string): string => `"club" must not let a provider say ${what}.`;
const SECRET = '"club" must not keep the secret of a provider in the state.';
const WRITES = '"writer" must not let a role say by whom people sign in.';

testRule(providersSayOnlyWhoSomebodyIs, {
  accepts: {
    "a name, and an address with the provider's own word for it": () =>
      provider({ attributeMapping: { username: "sub", email: "email", email_verified: "email_verified" } }),
    "a role that does something else with the pool": () => grant("cognito-idp:ListUserPoolClientSecrets"),
  },
  rejects: {
    "the tenant": [() => provider({ attributeMapping: { "custom:tenant_id": "hd" } }), says("custom:tenant_id")],
    roles: [() => provider({ attributeMapping: { "custom:roles": "groups" } }), says("custom:roles")],
    "groups of the pool": [
      () => provider({ attributeMapping: { "cognito:groups": "groups" } }),
      says("cognito:groups"),
    ],
    "an address that is verified by another claim": [
      () => provider({ attributeMapping: { email: "email", email_verified: "active" } }),
      '"club" must take email_verified from a provider\'s email_verified alone.',
    ],
    "with a secret that the state keeps": [
      () => provider({ providerDetails: { client_id: "shop", client_secret: "of the club" } }),
      SECRET,
    ],
    "with a key that the state keeps": [
      () => provider({ providerType: "SignInWithApple", providerDetails: { client_id: "shop", private_key: "of us" } }),
      SECRET,
    ],
    "by a role of something else": [() => grant("cognito-idp:UpdateIdentityProvider"), WRITES],
    "by a pattern": [() => grant("cognito-idp:*IdentityProvider"), WRITES],
    "who may be linked with another account": [() => grant("cognito-idp:AdminLinkProviderForUser"), WRITES],
  },
});
