import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import { REGISTRATION_LIMITS } from "../../../../services/registration-guard/registration-guard.ts";

/** What comes to be when somebody signs in with a client, or stays signed in. */
const USES = ["AccessToken", "AuthorizationCode", "RefreshToken"];

interface Kept {
  readonly payload: AdapterPayload;
  expiresAt: number;
}

/** What a provider of its own keeps: the library's in-memory adapter is one for all providers of a process, so realms would share clients. */
export class MemoryStore {
  private readonly models = new Map<string, Map<string, Kept>>();

  readonly adapter: AdapterFactory = (model) => new MemoryAdapter(model, this.entriesOf(model), this.models);

  /** How many are kept of a model, and have not expired. */
  count(model: string): number {
    const now = Date.now();
    return [...this.entriesOf(model).values()].filter((it) => it.expiresAt > now).length;
  }

  private entriesOf(model: string): Map<string, Kept> {
    const entries = this.models.get(model) ?? new Map<string, Kept>();
    this.models.set(model, entries);
    return entries;
  }
}

class MemoryAdapter implements Adapter {
  private readonly model: string;
  private readonly entries: Map<string, Kept>;
  private readonly models: ReadonlyMap<string, Map<string, Kept>>;

  constructor(model: string, entries: Map<string, Kept>, models: ReadonlyMap<string, Map<string, Kept>>) {
    this.model = model;
    this.entries = entries;
    this.models = models;
  }

  upsert(id: string, payload: AdapterPayload, expiresInSeconds?: number): Promise<void> {
    const now = Date.now();
    for (const [key, it] of this.entries) if (it.expiresAt <= now) this.entries.delete(key);
    this.entries.set(id, { payload, expiresAt: this.endOf(id, now, expiresInSeconds) });
    this.keepClientOf(payload, now);
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

  /** A client is kept as long as the registration guard keeps one at Keycloak; a change of what it registered is no use of it. */
  private endOf(id: string, now: number, expiresInSeconds: number | undefined): number {
    if (expiresInSeconds !== undefined) return now + expiresInSeconds * 1_000;
    if (this.model !== "Client") return Infinity;
    return this.entries.get(id)?.expiresAt ?? now + REGISTRATION_LIMITS.unusedMs;
  }

  /** Somebody signed in with a client, or stays signed in: it is in use. */
  private keepClientOf({ clientId }: AdapterPayload, now: number): void {
    if (!USES.includes(this.model) || clientId === undefined) return;
    const client = this.models.get("Client")?.get(clientId);
    if (client !== undefined) client.expiresAt = now + REGISTRATION_LIMITS.idleMs;
  }

  private first(matches: (it: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> {
    const now = Date.now();
    return Promise.resolve([...this.entries.values()].find((it) => it.expiresAt > now && matches(it.payload))?.payload);
  }
}
