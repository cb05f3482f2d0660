import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { TenantPool } from "../../../components/identity/tenant-pool.ts";
import { TokenClaims } from "../../../components/identity/token-claims.ts";
import { planned, statements, testBoundary, testKey } from "../planned.ts";

const code = () => new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export {}") });

const pool = () =>
  planned((opts) => {
    const context = { place: testBoundary(opts), tenant: "xyz-gmbh" };
    const tokenClaims = new TokenClaims("token-claims", { ...context, key: testKey(opts), code: code() }, opts);
    const it = new TenantPool("pool", { ...context, domain: "xyz-gmbh-tests", tokenClaims }, opts);
    it.machineClient("agent", [it.scopesOf("b2b", "production.eu-west-1.xyz-gmbh.b2b")]);
  });

describe("TenantPool", () => {
  it("asks the trigger for the claims of every access token", async () => {
    const plan = await pool();
    const it = plan.one("aws:cognito/userPool:UserPool", "pool");
    const trigger = plan.one("aws:lambda/function:Function", "token-claims");
    expect(it.inputs).toMatchObject({
      userPoolTier: "ESSENTIALS",
      deletionProtection: "ACTIVE",
      mfaConfiguration: "ON",
      lambdaConfig: { preTokenGenerationConfig: { lambdaVersion: "V3_0" } },
    });
    expect(it.propertyDependencies?.["lambdaConfig"]).toEqual([trigger.urn]);
  });

  it("is the only one that may call the trigger", async () => {
    const plan = await pool();
    const permission = plan.one("aws:lambda/permission:Permission", "pool");
    expect(permission.inputs).toMatchObject({ principal: "cognito-idp.amazonaws.com" });
    expect(permission.propertyDependencies?.["sourceArn"]).toEqual([
      plan.one("aws:cognito/userPool:UserPool", "pool").urn,
    ]);
  });

  it("gives machines tokens of a quarter of an hour, with the scopes of their gateways only", async () => {
    const plan = await pool();
    expect(plan.inputs("aws:cognito/userPoolClient:UserPoolClient", "agent")).toMatchObject({
      generateSecret: true,
      allowedOauthFlows: ["client_credentials"],
      allowedOauthScopes: ["production.eu-west-1.xyz-gmbh.b2b/mcp.read", "production.eu-west-1.xyz-gmbh.b2b/mcp.write"],
      accessTokenValidity: 15,
      tokenValidityUnits: { accessToken: "minutes" },
      enableTokenRevocation: true,
    });
  });
});

describe("TokenClaims", () => {
  it("knows its tenant, and keeps what it knows and logs under the tenant's key", async () => {
    const plan = await pool();
    const trigger = plan.one("aws:lambda/function:Function", "token-claims");
    expect(trigger.inputs).toMatchObject({
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      environment: { variables: { TENANT_ID: "xyz-gmbh" } },
      loggingConfig: { logFormat: "JSON", logGroup: "/alicerce/xyz-gmbh/token-claims" },
      tracingConfig: { mode: "Active" },
    });
    const key = plan.one("aws:kms/key:Key", "key").urn;
    expect(trigger.propertyDependencies?.["kmsKeyArn"]).toEqual([key]);
    expect(plan.one("aws:cloudwatch/logGroup:LogGroup", "token-claims").propertyDependencies?.["kmsKeyId"]).toEqual([
      key,
    ]);
  });

  it("may write its own log, report its traces and decrypt its environment, and nothing else", async () => {
    const plan = await pool();
    const policy = "aws:iam/rolePolicy:RolePolicy";
    expect(plan.names(policy)).toEqual(["token-claims-key", "token-claims-reports"]);
    expect(statements(plan.inputs(policy, "token-claims-reports")["policy"])).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:eu-west-1:111122223333:log-group:/alicerce/xyz-gmbh/token-claims:*",
      },
      { Effect: "Allow", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" },
    ]);
  });
});
