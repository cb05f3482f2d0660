import { isRecord } from "../../../contracts/json.ts";
import { API_BACKENDS } from "../../../environments/api-backends.ts";
import { type OwnApiPlace, ownApiPlace } from "../../../environments/apis/own-api-places.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { settingsOf } from "../workloads.ts";

/** Where the backend of an API is, as its server is told. */
export interface ToldBackend {
  readonly api: string;
  readonly baseUrl: unknown;
  readonly onlyNetworks: unknown;
  /** The names of what it is told of it. */
  readonly keys: readonly string[];
}

const KEYS = ["baseUrl", "onlyNetworks", "secretName"];

/** The backends of which a workload is told. */
export function backendsOf(workload: ResourceView): readonly ToldBackend[] {
  return settingsOf(workload)
    .filter(({ name }) => name === "BACKENDS")
    .flatMap(({ read }) => backendsIn(read() ?? ""));
}

/** Whether the backends in a setting are those of the stack: on the internet at the environment's domain, or where the tenant has them. */
export function areBackends(text: string, _: ResourceView, { address }: StackIndex): boolean {
  return backendsIn(text).every(({ api, baseUrl, onlyNetworks, keys }) => {
    const place = placeOf(api, address);
    return (
      place !== undefined &&
      baseUrl === place.baseUrl &&
      JSON.stringify(onlyNetworks) === JSON.stringify(place.onlyNetworks) &&
      keys.every((it) => KEYS.includes(it))
    );
  });
}

/** Where an API is: of those that every tenant has, or that the tenant brings. */
function placeOf(api: string, address: StackIndex["address"]): OwnApiPlace | undefined {
  const tenant = address.layer === "tenant" ? address.tenant : undefined;
  const own = tenant && ownApiPlace(tenant, api);
  const backend = Object.hasOwn(API_BACKENDS, api) ? API_BACKENDS[api] : undefined;
  if (own !== undefined || backend === undefined) return own;
  const internal = tenant?.internalApis?.[api];
  return internal === undefined
    ? { baseUrl: `https://${backend.host}.${address.environment.domain}` }
    : { baseUrl: `https://${internal.host}`, onlyNetworks: internal.ranges };
}

function backendsIn(text: string): readonly ToldBackend[] {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return [];
    return Object.entries(value).map(([api, it]) => {
      const { baseUrl, onlyNetworks, ...rest } = isRecord(it) ? it : { baseUrl: it };
      return { api, baseUrl, onlyNetworks, keys: Object.keys(rest) };
    });
  } catch {
    return [];
  }
}
