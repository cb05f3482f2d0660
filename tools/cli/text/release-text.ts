import Table from "cli-table3";
import type { McpService } from "../../../releases/releases.ts";
import { say } from "./terminal.ts";

/** One release of one service, as people and programs are told. */
export interface ReleaseRow {
  readonly service: string;
  readonly version: string;
  readonly digest: string;
  readonly state: "candidate" | "newest" | "retained";
  /** Percent of those who call the service's own name; a retained major has a name of its own. */
  readonly percent: number | null;
  /** The first day on which it may be gone. */
  readonly removeOn: string | null;
}

/** The releases of every service: the candidate, the newest, and the older majors. */
export function releaseRows(services: Readonly<Record<string, McpService>>): readonly ReleaseRow[] {
  return Object.entries(services).flatMap(([service, { releases, candidate }]) => {
    const [{ version, digest }, ...older] = releases;
    const percent = 100 - (candidate?.weight ?? 0);
    const onTrial = candidate === undefined ? [] : [candidate];
    return [
      ...onTrial.map(({ weight, ...it }) => ({
        service,
        ...it,
        state: "candidate" as const,
        percent: weight,
        removeOn: null,
      })),
      { service, version, digest, state: "newest" as const, percent, removeOn: null },
      ...older.flatMap((it) =>
        it === undefined
          ? []
          : [
              {
                service,
                version: it.version,
                digest: it.digest,
                state: "retained" as const,
                percent: null,
                removeOn: it.removeOn,
              },
            ],
      ),
    ];
  });
}

/** Prints the releases as a table. */
export function sayReleases(rows: readonly ReleaseRow[]): void {
  const table = new Table({
    head: ["Service", "Version", "State", "Calls", "May go on", "Digest"],
    style: { head: [], border: [], compact: true },
  });
  for (const { service, version, state, percent, removeOn, digest } of rows) {
    const calls = percent === null ? "by its own name" : `${percent} %`;
    table.push([service, version, state, calls, removeOn ?? "", digest.slice(0, 19)]);
  }
  say(table.toString());
}
