import { hash, randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** A cookie that holds the name of a record. */
export interface RecordCookie {
  /** The record's id: a hash, so that nobody who reads the store can use it as a cookie. */
  read(context: Context): string | undefined;
  /** Sets a new value, which nobody else can have known, and answers with the record's id. */
  renew(context: Context, maxAgeSeconds: number): string;
  clear(context: Context): void;
}

/**
 * A cookie of this host alone, which scripts cannot read and which is never sent without TLS (`__Host-`, RFC 6265bis); on one machine tenants
 * share a host, so the tenant is in the name. `Strict` is not sent along when another site sends the browser here.
 */
export function recordCookie(purpose: string, tenantId: string, sameSite: "Strict" | "Lax"): RecordCookie {
  const name = `${tenantId}-${purpose}`;
  const options = { prefix: "host", path: "/", secure: true, httpOnly: true, sameSite } as const;
  return {
    read: (context) => {
      const value = getCookie(context, name, "host");
      return value !== undefined && /^[\w-]{43}$/.test(value) ? idOf(value) : undefined;
    },
    renew: (context, maxAge) => {
      const value = randomBytes(32).toString("base64url");
      setCookie(context, name, value, { ...options, maxAge });
      return idOf(value);
    },
    clear: (context) => void deleteCookie(context, name, options),
  };
}

function idOf(value: string): string {
  return hash("sha256", value, "base64url");
}
