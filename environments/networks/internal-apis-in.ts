import type { Environment } from "../schema.ts";
import type { InternalApi } from "./internal-apis.ts";

/** An internal API, and whose it is. */
export interface OwnedApi extends InternalApi {
  readonly tenant: string;
  /** The name of the API. */
  readonly api: string;
}

/** The internal APIs of the tenants that an environment has in a region. */
export function internalApisIn({ tenants }: Environment, region: string): readonly OwnedApi[] {
  return Object.entries(tenants).flatMap(([tenant, { regions, internalApis = {} }]) =>
    regions.some((it) => it === region)
      ? Object.entries(internalApis).map(([api, it]) => ({ ...it, tenant, api }))
      : [],
  );
}
