import { Problem } from "../../shared/problem.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";

/** Objects in memory, for tests. */
export class MemoryStore implements ObjectStore {
  private readonly objects = new Map<string, { readonly body: Buffer; readonly modified: Date }>();

  list(...[{ prefix, after, limit }]: Parameters<ObjectStore["list"]>): ReturnType<ObjectStore["list"]> {
    const stored: StoredObject[] = [...this.objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, { body, modified }]) => ({ key, size: body.length, modified }));
    return Promise.resolve(pageOf(stored, after, limit));
  }

  async read(...[key, limit]: Parameters<ObjectStore["read"]>): ReturnType<ObjectStore["read"]> {
    const body = this.objects.get(key)?.body;
    if (body !== undefined && body.length > limit) throw tooLarge(body.length, limit);
    return Promise.resolve(body);
  }

  write(...[key, body, { ifAbsent }]: Parameters<ObjectStore["write"]>): ReturnType<ObjectStore["write"]> {
    if (ifAbsent && this.objects.has(key)) return Promise.resolve(false);
    this.objects.set(key, { body, modified: new Date() });
    return Promise.resolve(true);
  }
}

/** The page that begins after a key. */
export function pageOf(stored: readonly StoredObject[], after: string | undefined, limit: number) {
  const rest = stored
    .filter(({ key }) => after === undefined || byBytes(key, after) > 0)
    .toSorted((one, other) => byBytes(one.key, other.key));
  const objects = rest.slice(0, limit);
  const last = objects.at(-1)?.key;
  return { objects, ...(rest.length > limit && last !== undefined && { next: last }) };
}

/** What is said of an object that is too large to be read. */
export function tooLarge(size: number, limit: number): Problem {
  const reason = `the file has ${size} bytes, more than the ${limit} that are read at once`;
  return new Problem("ERR_FILE_TOO_LARGE", reason, reason);
}

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
