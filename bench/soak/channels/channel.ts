/** What became of all that a channel was sent. */
export interface Account {
  readonly sent: number;
  /** What was taken, and is nowhere. */
  readonly lost: number;
  /** What was sent once, and is there twice. */
  readonly doubled: number;
}

/** One way into the platform under load. */
export interface Channel {
  readonly name: string;
  /** How often something is sent, at a rate of 100 %. */
  readonly everyMs: number;
  /** Sends the next one, as often as it must be sent until it is taken; throws if it never is. */
  send(number: number): Promise<void>;
  /** Counts, once nothing more is sent. */
  account(): Promise<Account>;
}

const PATIENCE_MS = 90_000;
const PAUSE_MS = 1_000;

/** Asks again, as a careful client does, until it does not throw; throws what the last attempt did after a minute and a half. */
export async function untilTaken<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Throws with what was seen where that is none of what was wanted. */
export function wanted<T>(seen: T, ...of: readonly T[]): void {
  if (!of.includes(seen)) throw new Error(`${String(seen)} instead of ${of.join(" or ")}`);
}

/** How many of those that are known are missing in what was found, and how many of them stand there more than once. */
export function compared(known: ReadonlySet<string>, found: readonly string[]): Pick<Account, "lost" | "doubled"> {
  const counts = new Map<string, number>();
  for (const it of found) counts.set(it, (counts.get(it) ?? 0) + 1);
  return {
    lost: [...known].filter((it) => !counts.has(it)).length,
    doubled: [...counts].filter(([it, count]) => known.has(it) && count > 1).length,
  };
}
