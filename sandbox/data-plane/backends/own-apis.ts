import { createHash } from "node:crypto";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { APIS_KEY, apisObject } from "../../../environments/apis/apis-object.ts";
import { ownApiPlace } from "../../../environments/apis/own-api-places.ts";
import type { ApiIntegrationEnvironment } from "../../../services/mcp/api-integration/config.ts";
import type { OrdersBackend } from "./orders-backend.ts";
import type { LocalTenant } from "../local-tenants.ts";
import type { ObjectStorage } from "../object-storage/object-storage.ts";

/** Writes the APIs that each tenant brings into its bucket, as a deployment does. */
export async function writeOwnApis(tenants: readonly LocalTenant[], storage: ObjectStorage): Promise<void> {
  const { endpoint, region, accessKeyId, secretAccessKey } = storage;
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  try {
    for (const tenant of tenants) {
      const object = { Bucket: bucketOf(tenant), Key: APIS_KEY, Body: apisObject(tenant) };
      await client.send(new PutObjectCommand({ ...object, ContentType: "application/json" }));
    }
  } finally {
    client.destroy();
  }
}

/** What the server before APIs is told of the APIs that a tenant brings, beside their backends. */
export function ownApisSettings(
  tenant: LocalTenant,
  { endpoint, region }: Pick<ObjectStorage, "endpoint" | "region">,
): Partial<ApiIntegrationEnvironment> {
  return {
    APIS_BUCKET: bucketOf(tenant),
    APIS_KEY,
    APIS_DIGEST: createHash("sha256").update(apisObject(tenant)).digest("hex"),
    APIS_ENDPOINT: endpoint,
    AWS_REGION: region,
  };
}

/** Where the APIs are that a tenant brings: on this machine where something stands in for them, and else where they really are. */
export function ownBackends(tenant: LocalTenant, brought: OrdersBackend["brought"]): OrdersBackend["brought"] {
  const backends = Object.entries(tenant.apis ?? {}).flatMap(([api, { authentication }]) => {
    const place = ownApiPlace(tenant, api);
    if (place === undefined) return [];
    const { baseUrl, onlyNetworks } = place;
    const real = { baseUrl, ...(onlyNetworks && { onlyNetworks: [...onlyNetworks] }) };
    return [[api, brought[api] ?? { ...real, ...(authentication && { secretName: `${tenant.id}-${api}` }) }] as const];
  });
  return Object.fromEntries(backends);
}

function bucketOf({ id }: LocalTenant): string {
  return `alicerce-${id}`;
}
