import { isRecord } from "../../../contracts/json.ts";
import { API_BACKENDS } from "../../../environments/api-backends.ts";
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
  const told = backendsIn(text);
  const internal = address.layer === "tenant" ? (address.tenant.internalApis ?? {}) : {};
  return told.every(({ api, baseUrl, onlyNetworks, keys }) => {
    const [backend, own] = [API_BACKENDS[api], internal[api]];
    const host = own?.host ?? `${backend?.host ?? ""}.${address.environment.domain}`;
    return (
      backend !== undefined &&
      baseUrl === `https://${host}` &&
      JSON.stringify(onlyNetworks) === JSON.stringify(own?.ranges) &&
      keys.every((it) => KEYS.includes(it))
    );
  });
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
