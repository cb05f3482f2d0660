const [MINUTE, HOUR] = [60_000, 3_600_000];

/** Pauses before the second and each further attempt, in milliseconds: those that Standard Webhooks recommends, some three days in all. */
export const PAUSES_MS: readonly number[] = [
  5_000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const LONGEST_ASKED_MS = 24 * HOUR;

/** How long to wait after attempt number `attempt` failed; `undefined` after the last. A receiver may ask for longer, up to a day. */
export function pauseAfter(
  attempt: number,
  { pausesMs = PAUSES_MS, askedMs = 0 }: { readonly pausesMs?: readonly number[]; readonly askedMs?: number } = {},
): number | undefined {
  const pause = pausesMs[attempt - 1];
  // Up to a quarter more, so that what failed together does not come back together.
  return pause && Math.max(pause * (1 + Math.random() / 4), Math.min(askedMs, LONGEST_ASKED_MS));
}
