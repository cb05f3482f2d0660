import { beforeAll, describe, expect, it } from "vitest";
import { addressesOf } from "../../environments/address.ts";
import { environments } from "../../environments/index.ts";
import type { PlannedResource } from "../../plan/model.ts";
import { directoryEntrySchema } from "../../contracts/directory-entry.ts";
import { DatabaseConfig } from "../../services/mcp/database/config.ts";
import { planStacks, type StackPlan } from "../../tools/offline-planner/plan.ts";

const ADDRESSES = Object.values(environments).flatMap(addressesOf);
const plans = new Map<string, StackPlan>();

const resourcesOf = (address: string): readonly PlannedResource[] => plans.get(address)!.plan.resources;

beforeAll(async () => {
  for (const it of await planStacks(ADDRESSES, { preview: "known" })) plans.set(it.address, it);
});

describe("the program", () => {
  it.each(ADDRESSES)("builds %s, where no resource is left to a default provider", (address) => {
    const custom = resourcesOf(address).filter((it) => it.custom && !it.type.startsWith("pulumi:"));
    const urns = new Set(resourcesOf(address).map((it) => it.urn));
    expect(custom.filter(({ provider = "" }) => !urns.has(provider) || /::default\w*$/.test(provider))).toEqual([]);
  });

  it.each(ADDRESSES)("lets AWS providers of %s act in its own account only", (address) => {
    const { account } = environments[address.split(".")[0]!]!;
    const found = resourcesOf(address).filter((it) => it.type === "pulumi:providers:aws");
    expect(found.map((it) => String(it.inputs["allowedAccountIds"]))).toEqual([JSON.stringify([account])]);
  });

  it("gives the environment's boundary to every region, and the region's to every tenant", () => {
    const boundaryArn = "arn:aws:iam::111122223333:policy/alicerce/alicerce-production-boundary";
    expect(plans.get("production")!.outputs).toMatchObject({ boundaryArn });
    expect(plans.get("production.eu-west-1")!.outputs).toMatchObject({ boundaryArn });
    const roles = resourcesOf("production.eu-west-1.xyz-gmbh").filter((it) => it.type === "aws:iam/role:Role");
    expect(new Set(roles.map((it) => it.inputs["permissionsBoundary"]))).toEqual(new Set([boundaryArn]));
  });
});

describe("a tenant's stack", () => {
  it.each(ADDRESSES.filter((it) => it.split(".").length === 3))("of %s registers what protects it first", (address) => {
    const resources = resourcesOf(address);
    const service = /AgentcoreAgentRuntime$|AgentcoreGatewayTarget$|apps\/v1:Deployment$/;
    const first = resources.findIndex((it) => service.test(it.type));
    const after = new Set(resources.slice(first).map((it) => it.type));
    const before = [
      "aws:kms/key:Key",
      "aws:cognito/userPool:UserPool",
      "aws:dynamodb/tableItem:TableItem",
      "aws:lambda/invocation:Invocation",
      "aws:rds/clusterInstance:ClusterInstance",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:bedrock/agentcoreGateway:AgentcoreGateway",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "keycloak:index/realm:Realm",
      "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy",
      "kubernetes:core/v1:Namespace",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    ];
    expect(before.filter((it) => after.has(it))).toEqual([]);
    expect(first).toBeGreaterThan(0);
  });

  it("keeps the identities that other things hang on", () => {
    const kept = [
      "aws:kms/key:Key",
      "aws:kms/replicaKey:ReplicaKey",
      "aws:cognito/userPool:UserPool",
      "aws:dynamodb/table:Table",
      "aws:rds/cluster:Cluster",
      "aws:s3/bucket:Bucket",
      "keycloak:index/realm:Realm",
      "aws:bedrock/agentcoreGateway:AgentcoreGateway",
      "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
      "kubernetes:core/v1:Namespace",
    ];
    const prefix = "urn:pulumi:production.us-east-1.acme-corp::alicerce::";
    const urns = resourcesOf("production.us-east-1.acme-corp").filter((it) => kept.includes(it.type));
    expect(urns.map((it) => it.urn.replace(prefix, "")).sort()).toEqual([
      "alicerce:compute:ContextKey$aws:kms/key:Key::context-key",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-api-integration-v1",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-api-integration-v2",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-database-v1",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-database-v2",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-database-v3",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-development-v1",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-files-v1",
      "alicerce:data:TenantBucket$aws:s3/bucket:Bucket::bucket",
      "alicerce:data:TenantDatabase$aws:rds/cluster:Cluster::database",
      "alicerce:data:TenantTable$aws:dynamodb/table:Table::table",
      "alicerce:encryption:DataKey$aws:kms/key:Key::key",
      "alicerce:encryption:DataKey$aws:kms/replicaKey:ReplicaKey::key-standby",
      "alicerce:gateway:Gateway$aws:bedrock/agentcoreGateway:AgentcoreGateway::gateway-b2b",
      "alicerce:gateway:Gateway$aws:bedrock/agentcoreGateway:AgentcoreGateway::gateway-b2c",
      "alicerce:gateway:Gateway$aws:bedrock/agentcoreGateway:AgentcoreGateway::gateway-internal",
      "alicerce:identity:KeycloakRealm$keycloak:index/realm:Realm::realm",
      "alicerce:identity:TenantPool$aws:cognito/userPool:UserPool::pool",
      "alicerce:tenant:TenantNamespace$kubernetes:core/v1:Namespace::namespace",
    ]);
  });

  it("offers the newest release of a server under its own name, and older ones by major version", () => {
    const targets = resourcesOf("production.us-east-1.acme-corp")
      .filter((it) => it.type === "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget")
      .filter((it) => it.name.startsWith("b2c-"));
    expect(targets.map((it) => it.inputs["name"]).sort()).toEqual([
      "api-integration",
      "api-integration-v1",
      "database",
      "database-v1",
      "database-v2",
    ]);
  });

  it("delivers no log lines of the gateways of a GDPR tenant", () => {
    const lines = (address: string): readonly string[] =>
      resourcesOf(address)
        .filter((it) => it.type === "aws:cloudwatch/logDeliverySource:LogDeliverySource")
        .filter((it) => it.inputs["logType"] === "APPLICATION_LOGS" && it.name.startsWith("gateway-"))
        .map((it) => it.name);
    expect(lines("production.eu-west-1.xyz-gmbh")).toEqual([]);
    expect(lines("production.us-east-1.acme-corp")).toHaveLength(3);
  });

  it("keeps the tenant's entry of the directory where its interceptors look for it", () => {
    const entryOf = (address: string): unknown => {
      const item = resourcesOf(address).find((it) => it.type === "aws:dynamodb/tableItem:TableItem")?.inputs["item"];
      const { key, entry } = JSON.parse(String(item)) as Record<"key" | "entry", { readonly S: string }>;
      return { key: key.S, ...directoryEntrySchema.parse(JSON.parse(entry.S)) };
    };
    expect(entryOf("production.eu-west-1.xyz-gmbh")).toMatchObject({
      key: "directory",
      tenantId: "xyz-gmbh",
      status: "active",
      isGdpr: true,
    });
    expect(entryOf("production.us-east-1.acme-corp")).toMatchObject({ tenantId: "acme-corp", isGdpr: false });
  });

  it("gives the database server its own database, and nothing that is secret", () => {
    const resources = resourcesOf("production.eu-west-1.xyz-gmbh");
    const runtime = resources.find((it) => it.type.endsWith(":AgentcoreAgentRuntime") && it.name === "mcp-database-v3");
    const variables = runtime?.inputs["environmentVariables"];
    expect(DatabaseConfig.parse(variables)).toMatchObject({
      DATABASE_AUTH: "iam",
      DATABASE_HOST: expect.stringMatching(/^alicerce-xyz-gmbh\.cluster-/) as string,
      DATABASE_USER: "mcp_database",
      DATABASE_SECRET: expect.stringMatching(/:secret:database-setup-keys-/) as string,
    });
    const network = runtime?.propertyDependencies?.["networkConfiguration"] ?? [];
    expect(network.filter((it) => it.endsWith("::database-client"))).not.toEqual([]);
    const other = resources.find((it) => it.type.endsWith(":AgentcoreAgentRuntime") && it.name === "mcp-files-v1");
    expect(
      (other?.propertyDependencies?.["networkConfiguration"] ?? []).filter((it) => it.includes("database")),
    ).toEqual([]);
  });

  it("hosts agents on AgentCore Runtime where the environment says so, open to agents of the tenant alone", () => {
    const resources = resourcesOf("development.us-east-1.acme-corp");
    expect(resources.filter((it) => it.type === "kubernetes:apps/v1:Deployment")).toEqual([]);
    const agents = resources.filter((it) => it.type === "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime");
    expect(agents.filter((it) => it.name.startsWith("agent-")).map((it) => it.inputs["protocolConfiguration"])).toEqual(
      Array(3).fill({ serverProtocol: "A2A" }),
    );
    const policy = resources.find((it) => it.name === "agent-coordinator-endpoint")?.inputs["policy"];
    expect(
      String(policy).match(/role\/alicerce\/agent-(coordinator|customer-support|product-recommendation)-/g),
    ).toHaveLength(6);
  });
});
