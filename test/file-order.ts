import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files of tests that run for a minute or more, the longest first. */
export const LONGEST = [
  "test/engine/deployments/first-region.test.ts",
  "test/engine/deployments/lifecycle.test.ts",
  "test/engine/deployments/operation.test.ts",
  "test/engine/deployments/parity.test.ts",
  "test/engine/deployments/full-disk.test.ts",
  "test/engine/deployments/broken-premises.test.ts",
  "test/tools/cli/check.test.ts",
];

/** What decides when a file of tests runs. */
export interface OrderedFile {
  readonly path: string;
  /** Whether it runs in a process of its own. */
  readonly isApart: boolean;
}

/**
 * The order in which files run: the longest, then the others that run in a process of their own, then those that share one. A shared process
 * ends when the file that follows is not for it, and the next one would load the SDKs and plan the stacks again; a long file that came last
 * would leave the other cores idle. Within the second and the third group the order depends on the seed alone, so that no file comes to
 * need what another one left behind.
 */
export function inOrder<File extends OrderedFile>(files: readonly File[], seed: number): readonly File[] {
  const random = randomFrom(seed);
  const alike = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const drawn = alike.map((file) => ({ file, rank: rankOf(file), place: random() }));
  return drawn.toSorted((a, b) => a.rank - b.rank || a.place - b.place).map(({ file }) => file);
}

/** Vitest's own hook for the order of files; prints the seed, which `--sequence.seed` takes. */
export class FileOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence;
    this.ctx.logger.log(`The files of tests run in the order of the seed ${seed}`);
    const given = files.map((it) => ({ it, path: it.moduleId, isApart: it.project.config.isolate }));
    return Promise.resolve(inOrder(given, seed).map(({ it }) => it));
  }
}

function rankOf({ path, isApart }: OrderedFile): number {
  const place = LONGEST.findIndex((it) => path.endsWith(it));
  if (place >= 0) return place;
  return isApart ? LONGEST.length : LONGEST.length + 1;
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
