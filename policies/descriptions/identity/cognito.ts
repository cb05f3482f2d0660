import type { Descriptions } from "../description.ts";
import { NAME, TEXT } from "../reasons.ts";

const NO_PEOPLE =
  "Nobody signs up, and clients of a pool have the flow client_credentials alone: people sign in at Keycloak.";

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
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    read: ["allowedOauthScopes", "region", "userPoolId"],
    inert: { name: NAME },
    accepts: {
      accessTokenValidity: [5, 10, 15],
      allowedOauthFlows: ["client_credentials"],
      allowedOauthFlowsUserPoolClient: [true],
      enableTokenRevocation: [true],
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      generateSecret: [true],
      preventUserExistenceErrors: ["ENABLED"],
      "tokenValidityUnits.accessToken": ["minutes"],
    },
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    read: ["domain", "region", "userPoolId"],
  },
};
