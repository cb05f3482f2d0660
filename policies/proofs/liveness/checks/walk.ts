import type { Hop } from "../../../../contracts/liveness/hop.ts";
import { type HopName, type PathName, PATHS } from "../../../../contracts/paths.ts";
import type { Placed } from "../../../engine/platform.ts";
import type { Recorder } from "../../../engine/proof.ts";

/** A hop that is cut: the resource that must change, and how. */
export interface Cut {
  readonly at: Placed;
  /** What must be true, as a sentence that names the resource. */
  readonly mend: string;
}

/** Says whether a hop is cut; one that cannot be looked at, because a hop before it is cut, is not cut itself. */
export type HopCheck = () => Cut | undefined;

/** What looks at each hop of a path. */
export type HopChecks<P extends PathName> = { readonly [H in HopName<P>]: HopCheck };

/** Goes a path from a resource, hop by hop, and records each hop that is cut, with the way to it. */
export function walk<P extends PathName>(record: Recorder, name: P, from: Placed, checks: HopChecks<P>): void {
  const { sentence, hops } = PATHS[name];
  const all = Object.entries<Hop>(hops);
  record.count("paths");
  record.count("hops", all.length);
  for (const [index, [key, { layer }]] of all.entries()) {
    record.guarded(from, () => {
      const cut = checks[key as HopName<P>]();
      if (cut === undefined) return;
      const steps = all.slice(0, index + 1).map(([, it]) => it.sentence);
      const place = `path ${name}, hop ${key}, ${layer}`;
      record.violated(cut.at, `${cut.mend} "${from.resource.name}" needs it: ${sentence} (${place}).`, steps);
    });
  }
}

/** A cut at a resource, unless the condition holds. */
export function cutUnless(holds: boolean, at: Placed, mend: string): Cut | undefined {
  return holds ? undefined : { at, mend };
}
