import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { AgentIdentity } from "../../../components/agents/agent-identity.ts";
import { trustPods } from "../../../components/identity/service-role.ts";
import { TenantPool } from "../../../components/identity/tenant-pool.ts";
import { TokenClaims } from "../../../components/identity/token-claims.ts";
import { planned, statements } from "../planned.ts";
import { testTenant } from "../tenant-programs.ts";

const NAME = "agent-coordinator";

const plan = () =>
  planned((opts) => {
    const context = testTenant(opts);
    const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export {}") });
    const tokenClaims = new TokenClaims("token-claims", { ...context, code }, opts);
    const pool = new TenantPool("pool", { ...context, domain: "xyz-gmbh-tests", tokenClaims }, opts);
    const pods = { clusterArn: "arn:c", namespace: "xyz-gmbh", serviceAccount: "coordinator" };
    new AgentIdentity(
      NAME,
      {
        ...context,
        agent: "coordinator",
        trust: trustPods(context.place, pods),
        hosting: [],
        pool,
        scopes: [pool.scopesOf("b2b", "xyz-gmbh.b2b")],
        model: { id: "anthropic.claude", residency: "eu" },
      },
      opts,
    );
  });

describe("AgentIdentity", () => {
  it("may call its model, read its own secret and decrypt it, and nothing else", async () => {
    const it = await plan();
    const secret = it.one("aws:secretsmanager/secret:Secret", NAME);
    const policy = it.one("aws:iam/rolePolicy:RolePolicy", NAME);
    expect(statements(policy.inputs["policy"]).map((statement) => statement["Action"])).toEqual([
      ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
      ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
      ["secretsmanager:GetSecretValue"],
    ]);
    expect(policy.propertyDependencies?.["policy"]).toEqual([secret.urn]);
    expect(statements(it.inputs("aws:iam/rolePolicy:RolePolicy", `${NAME}-key`)["policy"])).toMatchObject([
      { Action: ["kms:Decrypt"] },
    ]);
  });

  it("keeps its secret under the tenant's key, and leaves the value to the rotation", async () => {
    const it = await plan();
    const secret = it.one("aws:secretsmanager/secret:Secret", NAME);
    expect(secret.propertyDependencies?.["kmsKeyId"]).toEqual([it.one("aws:kms/key:Key", "key").urn]);
    expect(it.names("aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
  });

  it("has a client with the scopes of its gateways only", async () => {
    const it = await plan();
    expect(it.inputs("aws:cognito/userPoolClient:UserPoolClient", NAME)).toMatchObject({
      allowedOauthScopes: ["xyz-gmbh.b2b/mcp.read", "xyz-gmbh.b2b/mcp.write"],
    });
  });
});
