import type { Descriptions } from "../description.ts";
import { NAME, OWNER, TEXT } from "../reasons.ts";

const NO_PEOPLE =
  "Nobody signs up: an administrator creates each user of a pool, and a second factor is asked of each.";

/** Amazon Cognito: the issuers of machines' tokens. */
export const COGNITO: Descriptions = {
  "aws:cognito/resourceServer:ResourceServer": {
    read: ["region"],
    inert: {
      identifier: NAME,
      name: NAME,
      "scopes.scopeDescription": TEXT,
      "scopes.scopeName": "A scope by itself admits nobody: each client lists its own.",
    },
    unread: { userPoolId: OWNER },
  },
  "aws:cognito/userPool:UserPool": {
    read: ["deletionProtection", "region", "tags"],
    inert: {
      name: NAME,
      passwordPolicy: NO_PEOPLE,
      userPoolTier: "What AWS charges, and which features it offers; each is switched on by an input of its own.",
      usernameConfiguration: NO_PEOPLE,
    },
    accepts: {
      "adminCreateUserConfig.allowAdminCreateUserOnly": [true],
      "lambdaConfig.preTokenGenerationConfig.lambdaVersion": ["V3_0"],
      mfaConfiguration: ["ON"],
      "softwareTokenMfaConfiguration.enabled": [true],
    },
    needs: [
      "adminCreateUserConfig.allowAdminCreateUserOnly",
      "mfaConfiguration",
      "softwareTokenMfaConfiguration.enabled",
    ],
    unread: {
      "lambdaConfig.preTokenGenerationConfig.lambdaArn":
        "No rule says that a function of the stack itself writes the claims.",
    },
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    read: ["allowedOauthFlows", "allowedOauthScopes", "callbackUrls", "generateSecret", "region", "userPoolId"],
    inert: { name: NAME },
    accepts: {
      accessTokenValidity: [5, 10, 15],
      allowedOauthFlowsUserPoolClient: [true],
      enableTokenRevocation: [true],
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      preventUserExistenceErrors: ["ENABLED"],
      supportedIdentityProviders: ["COGNITO"],
      "tokenValidityUnits.accessToken": ["minutes"],
    },
    needs: [
      "accessTokenValidity",
      "allowedOauthFlows",
      "allowedOauthFlowsUserPoolClient",
      "generateSecret",
      "preventUserExistenceErrors",
      "tokenValidityUnits.accessToken",
    ],
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    read: ["domain", "region", "userPoolId"],
  },
};
