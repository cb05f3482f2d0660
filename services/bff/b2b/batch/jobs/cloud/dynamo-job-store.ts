import { randomBytes, randomUUID } from "node:crypto";
import type { DynamoOutbox } from "../../../../../libraries/events/dynamo/dynamo-outbox.ts";
import type { EventSigner } from "../../../../../libraries/events/event-signature.ts";
import type { KeyedItems } from "../../../../../libraries/keyed-items/keyed-items.ts";
import { stamp } from "../../../../../libraries/keyed-items/write.ts";
import type { FileKind } from "../../formats/rows-of.ts";
import {
  finishedEvent,
  type FailedRow,
  type Job,
  type JobStore,
  type LeasedJob,
  MOST_JOBS,
  type Outcome,
} from "../job.ts";
import {
  DUE,
  dueAt,
  HELD,
  heldAt,
  jobAt,
  jobOf,
  type KeptJob,
  keptIn,
  leasedOf,
  listedAt,
  moved,
} from "./job-items.ts";
import { type JobObjects, pieceName } from "./job-objects.ts";
import { JobRows } from "./job-rows.ts";

/** What the jobs of a tenant are kept in, and what tells that one is over. */
export interface DynamoJobStoreOptions {
  readonly items: KeyedItems;
  readonly objects: JobObjects;
  readonly outbox: DynamoOutbox;
  readonly signer: EventSigner;
  readonly now?: () => number;
}

const ID = /^job_[0-9a-f]{32}$/;
const HOUR_MS = 3_600_000;
const KEPT_MS = 14 * 24 * HOUR_MS;
const MOST_LISTED = 100;
const WORKABLE: ReadonlySet<string> = new Set(["queued", "running", "cancelling"]);

/**
 * The jobs of one tenant in DynamoDB, with their files and what came out in S3. Whatever is to be done with a job later, items say when
 * it is due: to be worked on, and to be forgotten.
 */
export class DynamoJobStore implements JobStore {
  /** Some hundreds of objects for the largest file. */
  readonly pieceBytes = 4 * 1_024 * 1_024;
  private readonly items: KeyedItems;
  private readonly objects: JobObjects;
  private readonly rows: JobRows;
  private readonly options: DynamoJobStoreOptions;
  private readonly now: () => number;

  constructor(options: DynamoJobStoreOptions) {
    const { items, objects, now = Date.now } = options;
    this.options = options;
    this.items = items;
    this.objects = objects;
    this.rows = new JobRows(items, objects);
    this.now = now;
  }

  async begin(partnerId: string, { schema, kind }: { readonly schema: string; readonly kind: FileKind }) {
    const now = this.now();
    const job: KeptJob = {
      ...{ id: `job_${randomBytes(16).toString("hex")}`, partnerId, schema, kind: JSON.stringify(kind) },
      ...{ state: "uploading", bytes: 0, rows: 0, succeeded: 0, failed: 0, fault: "", lease: "", attempts: 0 },
      ...{ dueAt: now + HOUR_MS, pieces: 0, createdAt: now, endedAt: 0 },
    };
    const refused = await this.items.write([
      this.items.count(heldAt(partnerId), [HELD, 1], { below: { [HELD]: MOST_JOBS } }),
      this.items.put(jobAt(job.id), job, { exists: false }),
      this.items.put(listedAt(job), { id: job.id }),
      this.items.put(dueAt(job), { id: job.id }),
    ]);
    return refused.size > 0 ? undefined : job.id;
  }

  async append(id: string, number: number, bytes: Uint8Array): Promise<void> {
    await this.objects.put(pieceName(id, number), bytes);
    const kept = await this.changed(id, (job) =>
      job.state === "uploading" ? moved(this.items, job, this.now() + HOUR_MS, { pieces: number + 1 }) : undefined,
    );
    if (kept === undefined) throw new Error("the job was given up while its file arrived");
  }

  async complete(id: string, bytes: number): Promise<void> {
    await this.changed(id, (job) =>
      job.state === "uploading" ? moved(this.items, job, this.now(), { state: "queued", bytes }) : undefined,
    );
  }

  async discard(id: string): Promise<void> {
    const job = await this.changed(id, (it) =>
      it.state === "uploading"
        ? [
            this.items.remove(jobAt(id), { equals: { state: it.state, dueAt: it.dueAt } }),
            ...[this.items.remove(listedAt(it)), this.items.remove(dueAt(it))],
            this.items.count(heldAt(it.partnerId), [HELD, -1]),
          ]
        : undefined,
    );
    if (job !== undefined) await this.removeFile(job);
  }

  async list(partnerId: string): Promise<readonly Job[]> {
    const ids: string[] = [];
    const span = { from: "0", to: "9~", newestFirst: true, page: MOST_LISTED };
    for await (const { id } of this.items.list(heldAt(partnerId).key, span)) {
      ids.push(String(id));
      if (ids.length === MOST_LISTED) break;
    }
    const jobs = await Promise.all(ids.map((it) => this.job(it)));
    return jobs.filter((it) => it !== undefined).map(jobOf);
  }

  async find(partnerId: string, id: string): Promise<Job | undefined> {
    const job = await this.job(id);
    return job?.partnerId === partnerId ? jobOf(job) : undefined;
  }

  async cancel(partnerId: string, id: string): Promise<boolean> {
    const before = await this.changed(id, (job) => {
      if (job.partnerId !== partnerId) return undefined;
      if (job.state === "queued") return this.ended(job, { state: "cancelled", fault: "" });
      if (job.state !== "running") return undefined;
      return [this.items.change(jobAt(id), { state: "cancelling" }, { equals: { state: "running" } })];
    });
    if (before?.state === "queued") await this.removeFile(before);
    return before !== undefined;
  }

  async failedRows(id: string, after: number, limit: number): Promise<readonly FailedRow[]> {
    return this.rows.failed(id, after, limit);
  }

  results(id: string): AsyncIterable<string> {
    return this.rows.results(id);
  }

  async take(leaseMs: number): Promise<LeasedJob | undefined> {
    for await (const { id } of this.items.list(DUE, { to: `${stamp(this.now())}~` })) {
      const job = await this.job(String(id));
      if (job === undefined || !WORKABLE.has(job.state) || job.dueAt > this.now()) continue;
      const state = job.state === "queued" ? "running" : job.state;
      const [lease, attempts] = [randomUUID(), job.attempts + 1];
      const taken = moved(this.items, job, this.now() + leaseMs, { state, lease, attempts });
      if ((await this.items.write(taken)).size === 0) return leasedOf({ ...job, state, lease, attempts });
    }
    return undefined;
  }

  async renew({ id, lease }: LeasedJob, leaseMs: number): Promise<boolean> {
    const kept = await this.changed(id, (job) =>
      job.lease === lease && job.state === "running" ? moved(this.items, job, this.now() + leaseMs, {}) : undefined,
    );
    return kept !== undefined;
  }

  async *file(id: string): AsyncGenerator<Uint8Array> {
    const { pieces = 0 } = (await this.job(id)) ?? {};
    for (let number = 0; number < pieces; number++) yield this.objects.get(pieceName(id, number));
  }

  keep({ id, lease }: LeasedJob, outcome: Outcome): Promise<boolean> {
    return this.rows.keep({ id, lease }, outcome);
  }

  async release({ id, lease }: LeasedJob, pauseMs: number): Promise<void> {
    await this.changed(id, (job) =>
      job.lease === lease ? moved(this.items, job, Math.ceil(this.now() + pauseMs), { lease: "" }) : undefined,
    );
  }

  async end({ id, lease }: LeasedJob, wanted: "done" | "failed", fault: Job["fault"] = null): Promise<void> {
    const { outbox, signer } = this.options;
    for (;;) {
      const job = await this.job(id);
      if (job?.lease !== lease || job.endedAt > 0) return;
      const state = job.state === "cancelling" ? "cancelled" : wanted;
      const over = this.ended(job, { state, fault: fault === null ? "" : JSON.stringify(fault) });
      const event = finishedEvent({ ...jobOf(job), state, partnerId: job.partnerId });
      if ((await outbox.write(signer, event, over)).size === 0) return this.removeFile(job);
    }
  }

  /** Ends what stopped arriving an hour ago, and removes what ended two weeks ago. */
  async forget(): Promise<void> {
    for await (const { id } of this.items.list(DUE, { to: `${stamp(this.now())}~` })) {
      const job = await this.job(String(id));
      if (job?.state === "uploading") await this.discard(job.id);
      if (job === undefined || job.endedAt === 0) continue;
      await this.removeFile(job);
      await this.rows.remove(job.id);
      await this.items.write([jobAt(job.id), listedAt(job), dueAt(job)].map((it) => this.items.remove(it)));
    }
  }

  private ended(job: KeptJob, { state, fault }: { readonly state: string; readonly fault: string }) {
    const now = this.now();
    return [
      ...moved(this.items, job, now + KEPT_MS, { state, fault, endedAt: now, lease: "" }),
      this.items.count(heldAt(job.partnerId), [HELD, -1]),
    ];
  }

  /** A piece is kept before it is counted. */
  private removeFile({ id, pieces }: KeptJob): Promise<void> {
    return this.objects.remove(Array.from({ length: pieces + 1 }, (_, number) => pieceName(id, number)));
  }

  /** Writes what follows from a job as it is, and again where it has changed meanwhile; the job before, `undefined` where nothing follows. */
  private async changed(
    id: string,
    writesOf: (job: KeptJob) => ReturnType<typeof moved> | undefined,
  ): Promise<KeptJob | undefined> {
    for (;;) {
      const job = await this.job(id);
      const writes = job && writesOf(job);
      if (writes === undefined) return undefined;
      if ((await this.items.write(writes)).size === 0) return job;
    }
  }

  private async job(id: string): Promise<KeptJob | undefined> {
    const found = ID.test(id) ? await this.items.get(jobAt(id)) : undefined;
    return found && keptIn(found);
  }
}
