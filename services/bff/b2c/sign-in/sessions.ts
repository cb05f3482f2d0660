import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { RecordStore } from "../store/records.ts";
import type { IdentityProvider, SignedInTokens } from "./identity-provider.ts";

const schema = z.object({
  userId: z.string(),
  refreshToken: z.string().optional(),
  /** Milliseconds since 1970, as all times here. */
  verifiedUntil: z.number(),
  csrf: z.string(),
  createdAt: z.number(),
  seenAt: z.number(),
});

/** Somebody's session in a browser; no token of it leaves the BFF. */
export type Session = z.infer<typeof schema> & { readonly id: string };

/** How long a session lasts, in milliseconds. */
export interface SessionLifetime {
  readonly idleMs: number;
  readonly longestMs: number;
}

const LIFETIME: SessionLifetime = { idleMs: 30 * 60_000, longestMs: 8 * 3_600_000 };

/** A session that was just used is not written again for this long. */
const TOUCHED_MS = 60_000;
/** What the issuer said is renewed this long before it ends. */
const RENEWED_BEFORE_MS = 60_000;

/** What sessions need. */
export interface SessionsOptions {
  readonly records: RecordStore;
  readonly provider: Pick<IdentityProvider, "refresh" | "revoke">;
  readonly lifetime?: SessionLifetime;
  readonly now?: () => number;
}

/** The sessions of a tenant's consumers, in a store that all instances share. */
export class Sessions {
  private readonly options: Required<SessionsOptions>;
  private readonly renewals = new Map<string, Promise<Session | undefined>>();

  constructor(options: SessionsOptions) {
    this.options = { lifetime: LIFETIME, now: Date.now, ...options };
  }

  get maxAgeSeconds(): number {
    return Math.floor(this.options.lifetime.longestMs / 1_000);
  }

  /** Keeps a new session by an id of its own. */
  async begin(id: string, tokens: SignedInTokens): Promise<void> {
    const at = this.options.now();
    const csrf = randomBytes(32).toString("base64url");
    await this.keep({ id, ...tokens, csrf, createdAt: at, seenAt: at });
  }

  /** The session of an id while it lasts; renewed at the issuer when that is due. Rejects when the store or the issuer does not answer. */
  async find(id: string): Promise<Session | undefined> {
    const record = await this.options.records.get("session", id);
    if (record === undefined) return undefined;
    const session = { ...schema.parse(record.value), id };
    const at = this.options.now();
    if (at >= this.endOf(session)) return undefined;
    if (at >= session.verifiedUntil - RENEWED_BEFORE_MS) return this.renewed(session);
    if (at - session.seenAt < TOUCHED_MS) return session;
    const seen = { ...session, seenAt: at };
    await this.keep(seen);
    return seen;
  }

  /** Ends a session here and at the issuer; that the issuer cannot be told does not keep it alive here. */
  async end(id: string): Promise<void> {
    const record = await this.options.records.take("session", id);
    const { data } = schema.safeParse(record?.value);
    if (data?.refreshToken !== undefined) await this.options.provider.revoke(data.refreshToken);
  }

  /** Renews a session once, however many requests wait for it. */
  private renewed(session: Session): Promise<Session | undefined> {
    const { id } = session;
    const pending = this.renewals.get(id) ?? this.renew(session).finally(() => this.renewals.delete(id));
    this.renewals.set(id, pending);
    return pending;
  }

  private async renew(session: Session): Promise<Session | undefined> {
    const { refreshToken, id } = session;
    const tokens = refreshToken === undefined ? undefined : await this.options.provider.refresh(refreshToken);
    if (tokens?.userId !== session.userId) {
      if (this.options.now() < session.verifiedUntil && refreshToken === undefined) return session;
      await this.options.records.remove("session", id);
      return undefined;
    }
    const renewed = { ...session, ...tokens, seenAt: this.options.now() };
    await this.keep(renewed);
    return renewed;
  }

  private endOf({ createdAt, seenAt }: Session): number {
    const { idleMs, longestMs } = this.options.lifetime;
    return Math.min(seenAt + idleMs, createdAt + longestMs);
  }

  private async keep(session: Session): Promise<void> {
    const { id, ...value } = session;
    await this.options.records.put({
      kind: "session",
      id,
      owner: value.userId,
      value,
      expiresAt: this.endOf(session),
    });
  }
}
