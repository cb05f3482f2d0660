import { setTimeout as pause } from "node:timers/promises";
import type { LeasedJob } from "./job.ts";
import { type JobDependencies, runJob } from "./run-job.ts";

/** What a worker needs. */
export interface WorkerOptions extends JobDependencies {
  /** After how long somebody else works on a job whose worker is gone, in milliseconds. */
  readonly leaseMs?: number;
  /** How long is waited when there is no job, in milliseconds. */
  readonly idleMs?: number;
  readonly onFault?: (error: unknown, jobId?: string) => void;
}

const LEASE_MS = 30_000;
const IDLE_MS = 500;
const FORGET_EVERY_MS = 3_600_000;
const MOST_ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 60_000;

/** Works on a tenant's jobs, one after the other, until `signal`; what was begun then is for the next worker. */
export async function runWorker(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const { store, leaseMs = LEASE_MS, idleMs = IDLE_MS, onFault } = options;
  let forgetAt = 0;
  while (!signal.aborted) {
    try {
      if (Date.now() >= forgetAt) {
        await store.forget();
        forgetAt = Date.now() + FORGET_EVERY_MS;
      }
      const job = await store.take(leaseMs);
      if (job !== undefined) await workUnderLease(options, job, signal);
      else await pause(idleMs, undefined, { signal }).catch(() => undefined);
    } catch (error) {
      onFault?.(error);
      await pause(IDLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Renews the lease while a job is worked on, and stops the work once it is cancelled or somebody else's. */
async function workUnderLease(options: WorkerOptions, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const { store, leaseMs = LEASE_MS, onFault } = options;
  if (job.state === "cancelling") return store.end(job, "done");
  const lost = new AbortController();
  const timer = setInterval(() => {
    store.renew(job, leaseMs).then(
      (isOurs) => isOurs || lost.abort(),
      (error: unknown) => onFault?.(error, job.id),
    );
  }, leaseMs / 3);
  try {
    await runJob(options, job, AbortSignal.any([signal, lost.signal]));
  } catch (error) {
    if (signal.aborted) await store.release(job, 0);
    else if (lost.signal.aborted) await store.end(job, "done");
    else await tryLater(options, job, error);
  } finally {
    clearInterval(timer);
  }
}

/** A processor that does not work gets the same rows again some times, later each time; then the job has failed. */
async function tryLater({ store, onFault }: WorkerOptions, job: LeasedJob, error: unknown): Promise<void> {
  onFault?.(error, job.id);
  if (job.attempts < MOST_ATTEMPTS)
    await store.release(job, Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** job.attempts) * (0.5 + Math.random() / 2));
  else
    await store.end(job, "failed", {
      code: "ERR_PROCESSOR",
      message: "the rows after those that are done could not be worked on",
    });
}
