import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

interface Kept {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** What a provider of its own keeps: the library's in-memory adapter is one for all providers of a process, so realms would share clients. */
export class MemoryStore {
  private readonly models = new Map<string, Map<string, Kept>>();

  readonly adapter: AdapterFactory = (model) => new MemoryAdapter(this.entriesOf(model), this.models);

  /** How many are kept of a model. */
  count(model: string): number {
    return this.entriesOf(model).size;
  }

  private entriesOf(model: string): Map<string, Kept> {
    const entries = this.models.get(model) ?? new Map<string, Kept>();
    this.models.set(model, entries);
    return entries;
  }
}

class MemoryAdapter implements Adapter {
  private readonly entries: Map<string, Kept>;
  private readonly models: ReadonlyMap<string, Map<string, Kept>>;

  constructor(entries: Map<string, Kept>, models: ReadonlyMap<string, Map<string, Kept>>) {
    this.entries = entries;
    this.models = models;
  }

  upsert(id: string, payload: AdapterPayload, expiresInSeconds?: number): Promise<void> {
    const now = Date.now();
    for (const [key, it] of this.entries) if (it.expiresAt <= now) this.entries.delete(key);
    const expiresAt = expiresInSeconds === undefined ? Infinity : now + expiresInSeconds * 1_000;
    this.entries.set(id, { payload, expiresAt });
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    const kept = this.entries.get(id);
    return Promise.resolve(kept !== undefined && kept.expiresAt > Date.now() ? kept.payload : undefined);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.first((it) => it.uid === uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.first((it) => it.userCode === userCode);
  }

  consume(id: string): Promise<void> {
    const kept = this.entries.get(id);
    if (kept !== undefined) kept.payload.consumed = Math.floor(Date.now() / 1_000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.entries.delete(id);
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const entries of this.models.values())
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    return Promise.resolve();
  }

  private first(matches: (it: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> {
    const now = Date.now();
    return Promise.resolve([...this.entries.values()].find((it) => it.expiresAt > now && matches(it.payload))?.payload);
  }
}
