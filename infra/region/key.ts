import { DataKey } from "../../components/encryption/data-key.ts";
import { alarmsMayUse, findingsMayUse } from "../../components/encryption/key-policy.ts";
import { recordsMayUse } from "../../components/guard-rails/record-writers.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";

/** The key under which everything is encrypted that the region's tenants share. */
export interface RegionKey extends Feature {
  readonly dataKey: DataKey;
}

/** Declares the region's key. */
export function regionKey({ name, place, opts }: RegionContext): RegionKey {
  const dataKey = new DataKey(
    "key",
    {
      place,
      description: `What ${name} keeps`,
      alias: "alicerce/region",
      services: [alarmsMayUse(place), findingsMayUse(place), ...recordsMayUse(place)],
    },
    opts,
  );
  return { dataKey, resources: [dataKey] };
}
