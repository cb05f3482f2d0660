import * as pulumi from "@pulumi/pulumi";
import type { ApiPlace, NeedsContext } from "../../../contracts/server-needs.ts";
import { API_BACKENDS } from "../../../environments/api-backends.ts";
import type { TenantAddress } from "../context.ts";
import type { ProtectedContext } from "../protection.ts";
import type { TenantStores } from "../data/stores.ts";
import type { Operations } from "./operations.ts";

/** What the needs of a tenant's servers are told from. */
export function needsContext(
  { address, place, protection }: ProtectedContext,
  { stores, operations }: { readonly stores: TenantStores; readonly operations: Operations },
): NeedsContext<pulumi.Input<string>> {
  const { database, setup, bucket, credentials } = stores;
  const { domain } = address.environment;
  return {
    account: place.account,
    region: place.region,
    keyArn: protection.key.dataKey.arn,
    database: { host: database.host, port: database.port, name: database.databaseName, keysArn: setup.keysArn },
    bucket: { name: bucket.bucketName },
    apis: Object.fromEntries(
      Object.entries(API_BACKENDS).map(([api, { host, hasCredential }]) => [
        api,
        {
          ...(placeOf(address, api) ?? { baseUrl: `https://${host}.${domain}` }),
          ...(hasCredential && { secretName: credentials.secretName(api) }),
        },
      ]),
    ),
    logGroups: operations.logGroups,
    gateways: Object.fromEntries(protection.gateways.all.map(({ gateway: it }) => [it.scenario, it.id])),
    runtimes: operations.runtimeIds,
    json: (value) => pulumi.jsonStringify(value),
  };
}

/** Where an API is that is in a network of the tenant's own. */
function placeOf({ tenant }: TenantAddress, api: string): ApiPlace | undefined {
  const internal = tenant.internalApis?.[api];
  return internal && { baseUrl: `https://${internal.host}`, onlyNetworks: internal.ranges };
}

/** What the tenant runs, with the servers that are deployed so far. */
export function operationsOf(
  { gateways, logs }: ProtectedContext["protection"],
  runtimeIds: Operations["runtimeIds"],
): Operations {
  const interceptors = gateways.all.map(({ gateway, interceptor }) => [
    `interceptor-${gateway.scenario}`,
    interceptor.logGroupName,
  ]);
  return {
    logGroups: Object.fromEntries([["servers", logs.vended.groupName], ...interceptors]) as Record<string, string>,
    gatewayArns: Object.fromEntries(gateways.all.map(({ gateway: it }) => [it.scenario, it.arn])),
    runtimeIds,
  };
}
