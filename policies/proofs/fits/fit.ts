import type { Placed, Platform } from "../../engine/platform.ts";

/** Something that works only with another part: what must be true of it, as a sentence that names it, where it is not. */
export interface Fit {
  readonly at: Placed;
  readonly isFit: () => boolean;
  readonly mend: string;
}

/** All that must fit, of one kind. */
export type Fits = (platform: Platform) => readonly Fit[];
