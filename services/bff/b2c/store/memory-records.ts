import type { KeptRecord, OwnerSelection, RecordKind, RecordStore, StoredRecord } from "./records.ts";

/** Keeps records in the memory of one process, for tests: they end with it, and no other process sees them. */
export class MemoryRecords implements RecordStore {
  private readonly records = new Map<string, KeptRecord>();
  private readonly now: () => number;
  private version = 0;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  get(kind: RecordKind, id: string): Promise<KeptRecord | undefined> {
    return Promise.resolve(this.live(`${kind} ${id}`));
  }

  put(record: StoredRecord): Promise<number> {
    const key = `${record.kind} ${record.id}`;
    this.records.delete(key);
    const kept = structuredClone({ ...record, version: ++this.version });
    this.records.set(key, kept);
    return Promise.resolve(kept.version);
  }

  take(kind: RecordKind, id: string): Promise<KeptRecord | undefined> {
    const key = `${kind} ${id}`;
    const kept = this.live(key);
    this.records.delete(key);
    return Promise.resolve(kept);
  }

  remove(kind: RecordKind, id: string): Promise<void> {
    this.records.delete(`${kind} ${id}`);
    return Promise.resolve();
  }

  ofOwner(owner: string, { kind, after = 0, limit = Infinity }: OwnerSelection = {}): Promise<readonly KeptRecord[]> {
    const found = this.owned(owner).filter((it) => (kind === undefined || it.kind === kind) && it.version > after);
    return Promise.resolve(found.slice(0, limit));
  }

  removeOwner(owner: string): Promise<number> {
    const found = this.owned(owner);
    for (const it of found) this.records.delete(`${it.kind} ${it.id}`);
    return Promise.resolve(found.length);
  }

  private owned(owner: string): readonly KeptRecord[] {
    const keys = [...this.records].filter(([, it]) => it.owner === owner).map(([key]) => key);
    return keys.flatMap((it) => this.live(it) ?? []);
  }

  private live(key: string): KeptRecord | undefined {
    const kept = this.records.get(key);
    if (kept?.expiresAt === undefined || kept.expiresAt > this.now()) return structuredClone(kept);
    this.records.delete(key);
    return undefined;
  }
}
