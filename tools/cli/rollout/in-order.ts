/** How work on many stacks is arranged. */
export interface Arrangement<T> {
  /** The stacks whose work must end well before that of `address` begins. */
  readonly after: (address: string) => readonly string[];
  /** How many are worked on at once. */
  readonly parallel: number;
  readonly work: (address: string) => Promise<T>;
  /** What stands for a stack that is left out because `because` did not end well, or because all is to stop. */
  readonly leaveOut: (address: string, because: string | undefined) => T;
  readonly endedWell: (result: T) => boolean;
  /** Nothing new begins once it is aborted. */
  readonly signal: AbortSignal;
}

/** Works on stacks, each after those it depends on, independent ones side by side; a failure holds up only what depends on it. */
export async function inOrder<T>(addresses: readonly string[], arrangement: Arrangement<T>): Promise<readonly T[]> {
  const slots = new Slots(arrangement.parallel);
  const started = new Map<string, Promise<T>>();
  const start = (address: string): Promise<T> => {
    const present = started.get(address);
    if (present !== undefined) return present;
    const before = arrangement.after(address).filter((it) => addresses.includes(it));
    const result = workOn(
      address,
      before.map((it) => [it, start(it)] as const),
      slots,
      arrangement,
    );
    started.set(address, result);
    return result;
  };
  return Promise.all(addresses.map(start));
}

async function workOn<T>(
  address: string,
  before: readonly (readonly [address: string, result: Promise<T>])[],
  slots: Slots,
  { work, leaveOut, endedWell, signal }: Arrangement<T>,
): Promise<T> {
  for (const [other, result] of before) if (!endedWell(await result)) return leaveOut(address, other);
  return slots.use(() => (signal.aborted ? Promise.resolve(leaveOut(address, undefined)) : work(address)));
}

class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
