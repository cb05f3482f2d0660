import { tooLarge } from "../../../../services/mcp/files/file-problem.ts";
import type { Link, ObjectStore, StoredObject } from "../../../../services/mcp/files/store/object-store.ts";

/** An object store that is as simple as can be, to compare the real one with. */
export class MemoryStore implements ObjectStore {
  private readonly objects = new Map<string, { readonly body: Buffer; readonly modified: Date }>();

  list({ prefix, after, limit }: Parameters<ObjectStore["list"]>[0]): ReturnType<ObjectStore["list"]> {
    const rest = [...this.objects.keys()]
      .filter((key) => key.startsWith(prefix) && (after === undefined || byBytes(key, after) > 0))
      .toSorted(byBytes);
    const objects = rest.slice(0, limit).map((key) => this.known(key)!);
    const last = objects.at(-1)?.key;
    return Promise.resolve({ objects, ...(rest.length > limit && last !== undefined && { next: last }) });
  }

  find(key: string): ReturnType<ObjectStore["find"]> {
    return Promise.resolve(this.known(key));
  }

  read(key: string, limit: number): ReturnType<ObjectStore["read"]> {
    const body = this.objects.get(key)?.body;
    if (body !== undefined && body.length > limit) return Promise.reject(tooLarge(body.length, limit));
    return Promise.resolve(body);
  }

  write(key: string, body: Buffer, { ifAbsent }: { readonly ifAbsent: boolean }): ReturnType<ObjectStore["write"]> {
    if (ifAbsent && this.objects.has(key)) return Promise.resolve(false);
    this.objects.set(key, { body, modified: new Date() });
    return Promise.resolve(true);
  }

  downloadLink(key: string): Promise<Link> {
    return Promise.resolve({ url: `memory:///${encodeURIComponent(key)}`, headers: {} });
  }

  uploadLink(key: string): Promise<Link> {
    return this.downloadLink(key);
  }

  private known(key: string): StoredObject | undefined {
    const stored = this.objects.get(key);
    return stored && { key, size: stored.body.length, modified: stored.modified };
  }
}

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
