import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { AgentIdentity } from "../../../components/agents/agent-identity.ts";
import { trustPods } from "../../../components/identity/service-role.ts";
import { TenantPool } from "../../../components/identity/tenant-pool.ts";
import { TokenClaims } from "../../../components/identity/token-claims.ts";
import { planned, statements } from "../planned.ts";
import { testTenant } from "../tenant-programs.ts";

const NAME = "agent-coordinator";
const TOKEN = `${NAME}-token`;

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
        tokenCode: code,
      },
      opts,
    );
  });

describe("AgentIdentity", () => {
  it("may call its model, ask for its tokens, and nothing else", async () => {
    const it = await plan();
    const actions = (name: string) =>
      statements(it.inputs("aws:iam/rolePolicy:RolePolicy", name)["policy"]).map((statement) => statement["Action"]);
    expect(actions(NAME)).toEqual([
      ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
      ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
    ]);
    expect(actions(`${NAME}-asks`)).toEqual([["lambda:InvokeFunction"]]);
    const asks = it.one("aws:iam/rolePolicy:RolePolicy", `${NAME}-asks`);
    expect(asks.propertyDependencies?.["policy"]).toEqual([it.one("aws:lambda/function:Function", TOKEN).urn]);
    const role = it.one("aws:iam/role:Role", NAME).urn;
    const own = it.names("aws:iam/rolePolicy:RolePolicy").filter((name) => {
      const policy = it.one("aws:iam/rolePolicy:RolePolicy", name);
      return policy.propertyDependencies?.["role"]?.includes(role) === true;
    });
    expect(own.toSorted()).toEqual([NAME, `${NAME}-asks`]);
  });

  it("never has its client's secret, which only the function outside of the network may read, under the tenant's key", async () => {
    const it = await plan();
    const secret = it.one("aws:secretsmanager/secret:Secret", TOKEN);
    expect(secret.propertyDependencies?.["kmsKeyId"]).toEqual([it.one("aws:kms/key:Key", "key").urn]);
    expect(it.names("aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
    const reader = it.one("aws:iam/rolePolicy:RolePolicy", `${TOKEN}-secret`);
    expect(reader.propertyDependencies).toMatchObject({
      role: [it.one("aws:iam/role:Role", TOKEN).urn],
      policy: [secret.urn],
    });
    expect(it.inputs("aws:lambda/function:Function", TOKEN)).not.toHaveProperty("vpcConfig");
  });

  it("has a client with the scopes of its gateways only", async () => {
    const it = await plan();
    expect(it.inputs("aws:cognito/userPoolClient:UserPoolClient", NAME)).toMatchObject({
      allowedOauthScopes: ["xyz-gmbh.b2b/mcp.read", "xyz-gmbh.b2b/mcp.write"],
    });
  });
});
