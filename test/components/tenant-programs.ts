import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DirectoryEntry } from "../../contracts/directory-entry.ts";
import { ContextKey } from "../../components/compute/context-key.ts";
import { TenantTable } from "../../components/data/tenant-table.ts";
import { Gateway, type TokenCheck } from "../../components/gateway/gateway.ts";
import { Interceptor } from "../../components/gateway/interceptor.ts";
import { PolicyEngine } from "../../components/gateway/policy-engine.ts";
import { PrivateEndpoints } from "../../components/network/private-endpoints.ts";
import { Vpc } from "../../components/network/vpc.ts";
import { type LogType, VendedLogs } from "../../components/observability/vended-logs.ts";
import type { Place, PrivateNetwork } from "../../components/place.ts";
import type { DataKey } from "../../components/encryption/data-key.ts";
import { awsOf, testBoundary, testKey } from "./planned.ts";

/** What components of a tenant build on. */
export interface TestTenant {
  readonly place: Place;
  readonly tenant: string;
  readonly key: DataKey;
  readonly logs: VendedLogs;
}

/** A tenant's key and logs. */
export function testTenant(
  opts: pulumi.ComponentResourceOptions,
  logTypes: readonly LogType[] = ["APPLICATION_LOGS", "TRACES"],
): TestTenant {
  const key = testKey(opts);
  const tenant = "xyz-gmbh";
  const logs = new VendedLogs("logs", { tenant, kmsKeyArn: key.arn, logTypes }, opts);
  return { place: testBoundary(opts), tenant, key, logs };
}

/** The entry of a tenant in the directory. */
export function directoryEntryOf(tenant: string): DirectoryEntry {
  const tier = { perHour: 10, perDay: 100, sharedBy: "caller" } as const;
  return {
    tenantId: tenant,
    status: "active",
    isGdpr: true,
    roles: { qa: ["read:data"] },
    kinds: { machine: ["read:data"] },
    agents: [],
    tier,
    tiers: {},
  };
}

/** Tokens of a realm. */
export const REALM_TOKENS: TokenCheck = {
  discoveryUrl: "https://identity.example.com/realms/xyz-gmbh/.well-known/openid-configuration",
  allowedAudiences: ["https://xyz-gmbh.internal.example.com/mcp"],
  allowedScopes: ["mcp:read", "mcp:write"],
};

/** A gateway for the tenant's developers. */
export function gateway(
  context: TestTenant,
  opts: pulumi.ComponentResourceOptions,
  args: { readonly tokens?: TokenCheck } = {},
): Gateway {
  const alertTopicArn = new aws.sns.Topic("alerts", {}, { provider: awsOf(opts) }).arn;
  const { tokens = REALM_TOKENS } = args;
  const scenario = "internal";
  const guards = { interceptor: interceptor(context, opts, alertTopicArn), policyEngine: policyEngine(context, opts) };
  return new Gateway(`gateway-${scenario}`, { ...context, ...guards, scenario, tokens, alertTopicArn }, opts);
}

/** What is enough of a function. */
export function handlerCode(): pulumi.asset.Archive {
  return new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.StringAsset("export const handler = () => {};"),
  });
}

/** The interceptor of that gateway. */
export function interceptor(
  context: TestTenant,
  opts: pulumi.ComponentResourceOptions,
  alertTopicArn: pulumi.Input<string>,
): Interceptor {
  const contextKey = new ContextKey("context-key", context, opts);
  const table = new TenantTable("table", { ...context, directory: directoryEntryOf(context.tenant) }, opts);
  const environment = { CONTEXT_KEY_ARN: contextKey.arn, TENANT_TABLE: table.tableName };
  return new Interceptor(
    "interceptor-internal",
    { ...context, scenario: "internal", contextKey, table, code: handlerCode(), environment, alertTopicArn },
    opts,
  );
}

/** What decides for that gateway. */
export function policyEngine(context: TestTenant, opts: pulumi.ComponentResourceOptions): PolicyEngine {
  return new PolicyEngine("policies-internal", { ...context, scenario: "internal" }, opts);
}

/** A network for the tenant's runtimes. */
export function network(context: TestTenant, opts: pulumi.ComponentResourceOptions): PrivateNetwork {
  const cidr = "10.7.0.0/16";
  const vpc = new Vpc("vpc", { cidr, zoneIds: ["euw1-az1", "euw1-az2", "euw1-az3"] }, opts);
  const { id: vpcId, privateSubnetIds: subnetIds, privateRouteTableIds: routeTableIds } = vpc;
  const args = { place: context.place, vpcId, cidr, subnetIds, routeTableIds };
  const { s3PrefixListId } = new PrivateEndpoints("endpoints", args, opts);
  return { vpcId, cidr, subnetIds, s3PrefixListId };
}
