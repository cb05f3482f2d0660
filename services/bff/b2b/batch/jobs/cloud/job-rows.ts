import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { KeyedItems } from "../../../../../libraries/keyed-items/keyed-items.ts";
import { type FailedRow, type LeasedJob, MOST_FAILED_KEPT, type Outcome } from "../job.ts";
import { jobAt, rowsAt, rowsFields } from "./job-items.ts";
import type { JobObjects } from "./job-objects.ts";

const faultLine = z.object({ row: z.number(), code: z.string(), field: z.string().optional(), message: z.string() });

/** What the rows of jobs came to: objects in S3, and items that name them once they count. */
export class JobRows {
  private readonly items: KeyedItems;
  private readonly objects: JobObjects;

  constructor(items: KeyedItems, objects: JobObjects) {
    this.items = items;
    this.objects = objects;
  }

  /** Keeps what rows came to, if the job is still the holder's: until then nobody sees the objects. */
  async keep({ id, lease }: Pick<LeasedJob, "id" | "lease">, { progress, failed, results }: Outcome): Promise<boolean> {
    const attempt = `${id}/rows/${progress.rows}-${randomUUID()}`;
    const isRoom = progress.failed - failed.length < MOST_FAILED_KEPT;
    const named = {
      results: await this.written(`${attempt}.results`, results),
      faults: await this.written(`${attempt}.faults`, isRoom ? failed : []),
    };
    const refused = await this.items.write([
      this.items.change(jobAt(id), { ...progress, attempts: 1 }, { equals: { lease, state: "running" } }),
      this.items.put(rowsAt(id, progress.rows), named),
    ]);
    if (refused.size > 0) await this.objects.remove(Object.values(named).filter((it) => it !== ""));
    return refused.size === 0;
  }

  /** Faults of rows after one, some `limit` of them and all of the last row. */
  async failed(id: string, after: number, limit: number): Promise<readonly FailedRow[]> {
    const found: FailedRow[] = [];
    const span = { from: rowsAt(id, after + 1).part, to: "rows#~" };
    for await (const it of this.items.list(jobAt(id).key, span)) {
      const { faults } = rowsFields.parse(it);
      const lines = faults === "" ? [] : await this.lines(faults);
      found.push(
        ...lines.map((line) => faultLine.parse(JSON.parse(line)) as FailedRow).filter(({ row }) => row > after),
      );
      if (found.length > limit) break;
    }
    const last = found[limit - 1]?.row ?? Infinity;
    return found.filter(({ row }) => row <= last);
  }

  /** Results as lines of JSON, in the order of the rows. */
  async *results(id: string): AsyncGenerator<string> {
    for await (const it of this.items.list(jobAt(id).key, { from: "rows#", to: "rows#~" })) {
      const { results } = rowsFields.parse(it);
      if (results !== "") yield Buffer.from(await this.objects.get(results)).toString("utf8");
    }
  }

  /** Removes all of a job. */
  async remove(id: string): Promise<void> {
    for await (const it of this.items.list(jobAt(id).key, { from: "rows#", to: "rows#~" })) {
      const { part, results, faults } = rowsFields.parse(it);
      await this.objects.remove([results, faults].filter((name) => name !== ""));
      await this.items.write([this.items.remove({ key: jobAt(id).key, part })]);
    }
  }

  /** The name of the object, empty where there is nothing to be kept. */
  private async written(name: string, values: readonly object[]): Promise<string> {
    if (values.length === 0) return "";
    await this.objects.put(name, values.map((it) => `${JSON.stringify(it)}\n`).join(""));
    return name;
  }

  private async lines(name: string): Promise<readonly string[]> {
    return Buffer.from(await this.objects.get(name))
      .toString("utf8")
      .trimEnd()
      .split("\n");
  }
}
