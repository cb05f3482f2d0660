import { LABEL } from "../../../../contracts/tags.ts";
import type { Platform } from "../../../engine/platform.ts";
import type { Recorder } from "../../../engine/proof.ts";
import { hostOf, variableOf } from "../../../facts/reach/host.ts";
import { allBffs } from "./agents.ts";
import { bffCallChecks } from "./bff-calls.ts";
import { entryChecks } from "./bff-entry.ts";
import { walk } from "./walk.ts";

/** Which callers are followed, and to the gateway of which scenario. */
export interface Reach {
  readonly path: "consumers-reach-a-tool" | "partners-reach-a-tool";
  readonly scenario: "b2c" | "b2b";
}

/** Follows the requests of a scenario's callers to a tool, through the BFF of each tenant that has one. */
export function proveReach(platform: Platform, record: Recorder, { path, scenario }: Reach): void {
  for (const bff of allBffs(platform)) {
    if (bff.resource.label(LABEL.name) !== `bff-${scenario}`) continue;
    record.guarded(bff, () => {
      const host = (variableOf(hostOf(platform, bff), "PUBLIC_URL") ?? "").replace(/^https:\/\//, "");
      walk(record, path, bff, { ...entryChecks(platform, bff, host), ...bffCallChecks(platform, bff, scenario) });
    });
  }
}
