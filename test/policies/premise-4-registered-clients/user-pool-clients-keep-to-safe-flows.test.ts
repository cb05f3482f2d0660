import * as aws from "@pulumi/aws";
import { userPoolClientsKeepToSafeFlows } from "../../../policies/premise-4-registered-clients/user-pool-clients-keep-to-safe-flows.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

function client(args: Partial<aws.cognito.UserPoolClientArgs>): void {
  const opts = served();
  const pool = new aws.cognito.UserPool("pool", {}, opts);
  new aws.cognito.UserPoolClient("client", { name: "client", userPoolId: pool.id, ...args }, opts);
}

const FLOWS = '"client" must use no flow but code and client_credentials.';
const CALLBACKS = '"client" must name each address to which it redirects, by https or on the same host.';
const NOWHERE = '"client" must say where codes go, and who signs people in.';
const SCOPES = '"client" must name each scope, by its resource server unless it is one of OpenID Connect.';
const PASSWORDS = '"client" must not send passwords.';
const SECRET = '"client" must have a secret for the flow client_credentials.';

testRule(userPoolClientsKeepToSafeFlows, {
  accepts: {
    "a machine": () => client({ allowedOauthFlows: ["client_credentials"], generateSecret: true }),
    "an application that redirects to itself": () =>
      client({
        allowedOauthFlows: ["code"],
        callbackUrls: ["https://app.example.com/signed-in", "http://localhost:3000/", "com.example.app://signed-in"],
        supportedIdentityProviders: ["COGNITO"],
        allowedOauthScopes: ["openid", "orders/read"],
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      }),
  },
  rejects: {
    "tokens in the address of a page": [() => client({ allowedOauthFlows: ["code", "implicit"] }), FLOWS, NOWHERE],
    "codes that go nowhere": [
      () => client({ allowedOauthFlows: ["code"], callbackUrls: [], supportedIdentityProviders: ["COGNITO"] }),
      NOWHERE,
    ],
    "people whom nobody signs in": [
      () => client({ allowedOauthFlows: ["code"], callbackUrls: ["https://app.example.com/"] }),
      NOWHERE,
    ],
    "all scopes": [() => client({ allowedOauthScopes: ["openid", "*"] }), SCOPES],
    "all scopes of a server": [() => client({ allowedOauthScopes: ["orders/*"] }), SCOPES],
    "an address by a pattern": [() => client({ callbackUrls: ["https://*.example.com/"] }), CALLBACKS],
    "an address without TLS": [() => client({ callbackUrls: ["http://app.example.com/"] }), CALLBACKS],
    "a page that another site may read": [() => client({ logoutUrls: ["http://app.example.com/"] }), CALLBACKS],
    "passwords that the client sees": [() => client({ explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }), PASSWORDS],
    "a machine without a secret": [() => client({ allowedOauthFlows: ["client_credentials"] }), SECRET],
  },
});
