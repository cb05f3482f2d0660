import { describe, expect, it } from "vitest";
import { resourceOf, resourcesOf, TENANTS } from "../plans.ts";

/** One type of each kind of protection: key, logs, namespace, issuers, agents' clients, interceptors and gateways. */
const PROTECTING =
  /^aws:kms\/(key:Key|alias:Alias)$|:LogDeliveryDestination$|v1:(Namespace|NetworkPolicy)$|:(Realm|UserPool|UserPoolClient|AgentcoreGateway)$/;

describe("a tenant's stack", () => {
  it.each(TENANTS)("of %s registers what protects it first", (address) => {
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

  it("tags all that is a tenant's with the cost centre that its data names, and nothing where it names none", () => {
    const tagsIn = (address: string): unknown =>
      JSON.parse(String(resourceOf(address, "pulumi:providers:aws", "aws").inputs["defaultTags"]));
    expect(tagsIn("production.us-east-1.acme-corp")).toMatchObject({ tags: { "alicerce:cost-center": "retail-1200" } });
    expect(Object.keys((tagsIn("production.eu-west-1.xyz-gmbh") as { tags: object }).tags).toSorted()).toEqual([
      "alicerce:environment",
      "alicerce:stack",
      "alicerce:tenant",
    ]);
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
      "alicerce:compute:ContextKey$aws:kms/key:Key::bff-key",
      "alicerce:compute:ContextKey$aws:kms/key:Key::context-key",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-api-integration-v1",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-api-integration-v2",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-database-v1",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-database-v2",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-database-v3",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-development-v1",
      "alicerce:compute:McpServer$alicerce:compute:Runtime$aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime::mcp-files-v1",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::agent-coordinator-tasks",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::agent-customer-support-tasks",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::agent-data-transformer-events",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::agent-data-transformer-tasks",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::agent-integration-processor-events",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::agent-integration-processor-tasks",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::agent-product-recommendation-tasks",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::bff-b2b-api-keys",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::bff-b2b-idempotency",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::bff-b2b-jobs",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::bff-b2b-webhooks",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::bff-b2c-idempotency",
      "alicerce:data:KeyedTable$aws:dynamodb/table:Table::bff-b2c-sessions",
      "alicerce:data:TenantBucket$aws:s3/bucket:Bucket::bff-b2b-uploads",
      "alicerce:data:TenantBucket$aws:s3/bucket:Bucket::bff-b2b-uploads-standby",
      "alicerce:data:TenantBucket$aws:s3/bucket:Bucket::bucket",
      "alicerce:data:TenantBucket$aws:s3/bucket:Bucket::bucket-standby",
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

  it.each(TENANTS)("of %s lets nothing run before everything that protects it", (address) => {
    const running = resourcesOf(address).filter((it) => /:(McpServer|AgentDeployment|BffDeployment)$/.test(it.type));
    const withoutParent = resourcesOf(address).filter((it) => PROTECTING.test(it.type));
    expect(running.length).toBeGreaterThan(0);
    for (const it of running) {
      const missing = withoutParent.filter((other) => !it.dependencies.includes(other.urn));
      expect([it.name, missing.map((other) => other.urn)]).toEqual([it.name, []]);
    }
  });
});
