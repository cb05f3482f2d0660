import { type PodResources, USUAL_RESOURCES } from "./agent-sizes.ts";

/** The most pods of one workload, and what each may use. */
export interface PodsOfSize {
  readonly most: number;
  readonly limits: PodResources["limits"];
}

/** What all pods of a namespace may use together, and the most that one container may. */
export interface NamespaceBounds {
  readonly pods: number;
  readonly cpus: number;
  readonly memoryGib: number;
  readonly storageGib: number;
  readonly container: PodResources["limits"];
}

/** Bounds in which these pods fit at their largest scale, with one pod more of each workload: a new one starts before an old one goes. */
export function boundsOf(all: readonly PodsOfSize[]): NamespaceBounds {
  const sum = (of: (limits: PodsOfSize["limits"]) => number): number =>
    all.reduce((total, { most, limits }) => total + (most + 1) * of(limits), 0);
  const limits = [USUAL_RESOURCES.limits, ...all.map((it) => it.limits)];
  const largest = (of: (it: PodsOfSize["limits"]) => number): number => Math.max(...limits.map((it) => of(it)));
  return {
    pods: sum(() => 1),
    cpus: sum(cpusOf),
    memoryGib: sum(memoryOf),
    storageGib: sum(storageOf),
    container: {
      cpu: `${largest(cpusOf)}`,
      memory: `${largest(memoryOf)}Gi`,
      "ephemeral-storage": `${largest(storageOf)}Gi`,
    },
  };
}

const cpusOf = ({ cpu }: PodsOfSize["limits"]): number => Number(cpu);
const memoryOf = ({ memory }: PodsOfSize["limits"]): number => gibOf(memory);
const storageOf = (it: PodsOfSize["limits"]): number => gibOf(it["ephemeral-storage"]);

/** Throws `TypeError` for a quantity that is no number of GiB: limits are written so, and nothing may be guessed. */
function gibOf(quantity: string): number {
  const [, gib] = /^(\d+)Gi$/.exec(quantity) ?? [];
  if (gib === undefined) throw new TypeError(`${quantity} is no whole number of GiB`);
  return Number(gib);
}
