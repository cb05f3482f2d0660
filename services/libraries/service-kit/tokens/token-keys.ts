import { createRemoteJWKSet, customFetch, errors } from "jose";
import type { FetchImplementation, JWTVerifyGetKey } from "jose";
import { TokenError } from "../problem.ts";

/** Where an issuer publishes its keys, and how often it may be asked. */
export interface RemoteKeysOptions {
  readonly url: URL;
  /** Least time between two requests, whatever happens. */
  readonly cooldownSeconds?: number;
  /** After this time the keys are asked for again, so that a withdrawn one stops working. */
  readonly maxAgeSeconds?: number;
  readonly timeoutMs?: number;
  readonly fetch?: FetchImplementation;
  readonly now?: () => number;
}

/**
 * The keys of an issuer: an unknown key id makes it ask again, but never more often than the cooldown allows; while the
 * issuer does not answer, the keys that are known keep serving and others are refused.
 */
export function remoteKeys(options: RemoteKeysOptions): JWTVerifyGetKey {
  const { maxAgeSeconds = 600, now = Date.now } = options;
  const source = new KeySource(options);

  return async (header, token) => {
    if (now() - source.loadedAt >= maxAgeSeconds * 1_000) await source.refresh();
    if (source.keys.jwks() === undefined) {
      const reason = "keys of the issuer cannot be fetched";
      throw new TokenError("ERR_TOKEN_KEYS_UNAVAILABLE", reason, { cause: source.lastFailure });
    }
    try {
      return await source.keys(header, token);
    } catch (failure) {
      if (!(failure instanceof errors.JWKSNoMatchingKey) || !(await source.refresh())) throw failure;
      return source.keys(header, token);
    }
  };
}

/** Asks for the keys, at most once at a time and once per cooldown, whether that succeeds or not. */
class KeySource {
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
  loadedAt = -Infinity;
  lastFailure: unknown;
  private attemptedAt = -Infinity;
  private pending: Promise<boolean> | undefined;
  private readonly cooldownMs: number;
  private readonly now: () => number;

  constructor({ url, cooldownSeconds = 30, timeoutMs = 2_000, fetch, now = Date.now }: RemoteKeysOptions) {
    this.cooldownMs = cooldownSeconds * 1_000;
    this.now = now;
    // With these durations jose never asks by itself: it would ask for every unknown key while the issuer is down.
    this.keys = createRemoteJWKSet(url, {
      cacheMaxAge: Infinity,
      cooldownDuration: Infinity,
      timeoutDuration: timeoutMs,
      ...(fetch && { [customFetch]: fetch }),
    });
  }

  /** Whether the keys are newer than before the call. */
  refresh(): Promise<boolean> {
    if (this.pending !== undefined) return this.pending;
    if (this.now() - this.attemptedAt < this.cooldownMs) return Promise.resolve(false);
    this.attemptedAt = this.now();
    this.pending = this.load();
    return this.pending;
  }

  private async load(): Promise<boolean> {
    try {
      await this.keys.reload();
      this.loadedAt = this.now();
      return true;
    } catch (failure) {
      this.lastFailure = failure;
      return false;
    } finally {
      this.pending = undefined;
    }
  }
}
