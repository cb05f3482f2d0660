import { type Behaviours, alphanumeric, arn, hex, text } from "./behaviour.ts";

const POOL = "aws:cognito/userPool:UserPool";

/** Amazon Cognito, and the Lambda functions that its triggers call. */
export const IDENTITY: Behaviours = {
  [POOL]: {
    autoname: "name",
    id: (it) => `${it.region}_${alphanumeric(it, 9)}`,
    defaults: () => ({ mfaConfiguration: "OFF" }),
    outputs: (it) => ({
      arn: arn("cognito-idp", it, `userpool/${it.id}`),
      endpoint: `cognito-idp.${it.region}.amazonaws.com/${it.id}`,
      estimatedNumberOfUsers: 0,
      creationDate: "2026-01-01T00:00:00Z",
      lastModifiedDate: "2026-01-01T00:00:00Z",
    }),
    replaces: ["aliasAttributes", "usernameAttributes", "usernameConfiguration"],
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    unique: ["domain"],
    id: (it) => text(it, "domain"),
    outputs: (it) => ({
      awsAccountId: it.account,
      cloudfrontDistribution: "",
      cloudfrontDistributionArn: "",
      s3Bucket: "",
      version: "1",
    }),
    references: { userPoolId: POOL },
    replaces: ["domain", "userPoolId"],
  },
  "aws:cognito/resourceServer:ResourceServer": {
    unique: ["userPoolId+identifier"],
    id: (it) => `${text(it, "userPoolId")}|${text(it, "identifier")}`,
    outputs: (it) => ({
      scopeIdentifiers: scopeNames(it.inputs["scopes"]).map((scope) => `${text(it, "identifier")}/${scope}`),
    }),
    references: { userPoolId: POOL },
    replaces: ["identifier", "userPoolId"],
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    autoname: "name",
    id: (it) => alphanumeric(it, 26),
    outputs: (it) => (it.inputs["generateSecret"] === true ? { clientSecret: hex(it, 52, "client secret") } : {}),
    references: { userPoolId: POOL },
    replaces: ["userPoolId", "generateSecret"],
  },
  "aws:lambda/function:Function": {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    defaults: () => ({
      memorySize: 128,
      timeout: 3,
      packageType: "Zip",
      publish: false,
      reservedConcurrentExecutions: -1,
      skipDestroy: false,
    }),
    outputs: (it) => ({
      arn: arn("lambda", it, `function:${it.id}`),
      invokeArn: `arn:aws:apigateway:${it.region}:lambda:path/2015-03-31/functions/${arn("lambda", it, `function:${it.id}`)}/invocations`,
      qualifiedArn: arn("lambda", it, `function:${it.id}:$LATEST`),
      version: "$LATEST",
      lastModified: "2026-01-01T00:00:00Z",
    }),
    replaces: ["name", "packageType"],
  },
  "aws:lambda/permission:Permission": {
    id: (it) => text(it, "statementId"),
    autoname: "statementId",
    references: { function: "aws:lambda/function:Function" },
    replaces: ["action", "function", "principal", "sourceArn", "sourceAccount", "statementId"],
  },
  // The sandbox runs no code, so the result of an invocation is always null.
  "aws:lambda/invocation:Invocation": {
    id: (it) => `${text(it, "functionName")}_$LATEST_${hex(it, 32)}`,
    defaults: () => ({ lifecycleScope: "CREATE_ONLY", qualifier: "$LATEST", terraformKey: "tf" }),
    outputs: () => ({ result: "null" }),
    references: { functionName: "aws:lambda/function:Function" },
    replaces: ["functionName", "input", "qualifier", "triggers"],
  },
};

function scopeNames(scopes: unknown): readonly string[] {
  return Array.isArray(scopes) ? scopes.map((it: { readonly scopeName?: unknown }) => String(it.scopeName)) : [];
}
