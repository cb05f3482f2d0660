import * as pulumi from "@pulumi/pulumi";
import type { ApiPlace, NeedsContext } from "../../../contracts/server-needs.ts";
import { API_BACKENDS } from "../../../environments/api-backends.ts";
import { ownApiPlace } from "../../../environments/apis/own-api-places.ts";
import type { TenantAddress } from "../context.ts";
import type { ProtectedContext } from "../protection.ts";
import type { WrittenDocuments } from "../data/documents.ts";
import type { TenantStores } from "../data/stores.ts";
import type { Operations } from "./operations.ts";

/** What the needs of a tenant's servers are told from. */
export function needsContext(
  { address, place, protection }: ProtectedContext,
  {
    stores,
    documents,
    operations,
  }: { readonly stores: TenantStores; readonly documents: WrittenDocuments; readonly operations: Operations },
): NeedsContext<pulumi.Input<string>> {
  const { database, setup, bucket } = stores;
  return {
    account: place.account,
    region: place.region,
    keyArn: protection.key.dataKey.arn,
    database: { host: database.host, port: database.port, name: database.databaseName, keysArn: setup.keysArn },
    bucket: { name: bucket.bucketName },
    apis: placesOf(address, stores),
    apisObject: documents.apis,
    logGroups: operations.logGroups,
    gateways: Object.fromEntries(protection.gateways.all.map(({ gateway: it }) => [it.scenario, it.id])),
    runtimes: operations.runtimeIds,
    json: (value) => pulumi.jsonStringify(value),
  };
}

/** Where the APIs are that every tenant has, and those that the tenant brings, each with its secret. */
function placesOf(address: TenantAddress, { credentials }: TenantStores): NeedsContext<string>["apis"] {
  const { tenant, environment } = address;
  const withSecret = (api: string, place: ApiPlace, hasCredential: boolean): readonly [string, ApiPlace] => [
    api,
    { ...place, ...(hasCredential && { secretName: credentials.secretName(api) }) },
  ];
  const shared = Object.entries(API_BACKENDS).map(([api, { host, hasCredential }]) => {
    const place = placeOf(address, api) ?? { baseUrl: `https://${host}.${environment.domain}` };
    return withSecret(api, place, hasCredential);
  });
  const own = Object.entries(tenant.apis ?? {}).flatMap(([api, { authentication }]) => {
    const place = ownApiPlace(tenant, api);
    return place === undefined ? [] : [withSecret(api, place, authentication !== undefined)];
  });
  return Object.fromEntries([...shared, ...own]);
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
