import { setTimeout as pause } from "node:timers/promises";
import type { BffLog } from "../../library/bff-environment.ts";

interface Stoppable {
  stop(): Promise<void>;
}

/** What is started once, by whoever has the secret first. */
export interface StartedOnce<Started> {
  /** With the secret, for a request that has it. */
  with(secret: Buffer): Started;
  /** Without a request: asks for the secret until it has it, since what waits to be done waits for nobody who asks. */
  begin(): void;
  stop(): Promise<void>;
}

/** Where the secret comes from, and how long until it is asked for again, in milliseconds. */
export interface StartedOnceOptions {
  readonly secret: () => Promise<Buffer>;
  readonly log: BffLog;
  readonly againMs?: number;
}

const AGAIN_MS = 5_000;

/** Starts something that works in the background once its secret can be had. */
export function startedOnce<Started extends Stoppable>(
  start: (secret: Buffer) => Started,
  { secret, log, againMs = AGAIN_MS }: StartedOnceOptions,
): StartedOnce<Started> {
  let started: Started | undefined;
  const ending = new AbortController();
  const { signal } = ending;
  const withSecret = (bytes: Buffer): Started => (started ??= start(bytes));
  const untilStarted = async (): Promise<void> => {
    while (started === undefined && !signal.aborted) {
      try {
        withSecret(await secret());
      } catch (error) {
        log.warn({ error }, "what works in the background cannot start yet");
        await pause(againMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  return {
    with: withSecret,
    begin: () => void untilStarted(),
    stop: async () => {
      ending.abort();
      await started?.stop();
    },
  };
}
