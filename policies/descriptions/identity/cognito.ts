import type { Descriptions } from "../description.ts";
import { NAME, TEXT } from "../reasons.ts";

const NO_PEOPLE =
  "Nobody signs up: an administrator creates each user of a pool, and a second factor is asked of each.";

/** Amazon Cognito: the issuers of machines' tokens. */
export const COGNITO: Descriptions = {
  "aws:cognito/resourceServer:ResourceServer": {
    read: ["identifier", "region", "scopes.scopeName", "userPoolId"],
    inert: { name: NAME, "scopes.scopeDescription": TEXT },
  },
  "aws:cognito/userPool:UserPool": {
    read: ["deletionProtection", "lambdaConfig.preTokenGenerationConfig.lambdaArn", "region", "tags", "userPoolTier"],
    inert: {
      name: NAME,
      passwordPolicy: NO_PEOPLE,
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
      "userPoolTier",
    ],
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    read: [
      "allowedOauthFlows",
      "allowedOauthScopes",
      "callbackUrls",
      "generateSecret",
      "logoutUrls",
      "name",
      "region",
      "supportedIdentityProviders",
      "userPoolId",
    ],
    accepts: {
      accessTokenValidity: [5, 10, 15],
      allowedOauthFlowsUserPoolClient: [true],
      enableTokenRevocation: [true],
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      preventUserExistenceErrors: ["ENABLED"],
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
