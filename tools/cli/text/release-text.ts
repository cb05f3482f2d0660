import type { McpService } from "../../../releases/releases.ts";
import { tableText } from "./table.ts";

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

/** The releases as a table; `width` is how many columns there are for it. */
export function releasesText(rows: readonly ReleaseRow[], width?: number): string {
  const columns = [
    { head: "Service" },
    { head: "Version" },
    { head: "State" },
    { head: "Calls" },
    { head: "May go on" },
    { head: "Digest", drop: 1 },
  ];
  const cells = rows.map(({ service, version, state, percent, removeOn, digest }) => {
    const calls = percent === null ? "by its own name" : `${percent} %`;
    return [service, version, state, calls, removeOn ?? "", digest.slice(0, 19)];
  });
  return tableText(columns, cells, width);
}
