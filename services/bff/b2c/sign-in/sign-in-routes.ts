import { Hono } from "hono";
import * as z from "zod";
import { ApiProblem } from "../../library/api-problem.ts";
import type { BffLog } from "../../library/bff-environment.ts";
import type { ConsumerEnvironment } from "../consumer-environment.ts";
import type { RecordStore } from "../store/records.ts";
import type { RecordCookie } from "./cookies.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import { returnAddress } from "./return-address.ts";
import type { Sessions } from "./sessions.ts";

const SIGN_IN_SECONDS = 600;

const begunSchema = z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string(), returnTo: z.string() });

/** What signing in needs. */
export interface SignInParts {
  readonly provider: IdentityProvider;
  /** By whom else than the pool consumers have themselves signed in, as the pool names them. */
  readonly signInProviders: readonly string[];
  readonly sessions: Sessions;
  readonly records: RecordStore;
  readonly sessionCookie: RecordCookie;
  readonly signInCookie: RecordCookie;
  readonly log: BffLog;
}

/** `GET /sign-in`, `GET /sign-in/callback` and `POST /sign-out`. */
export function signInRoutes(parts: SignInParts): Hono<ConsumerEnvironment> {
  const { provider, sessions, records, sessionCookie, signInCookie, log } = parts;
  const app = new Hono<ConsumerEnvironment>();

  app.get("/sign-in", async (context) => {
    const { url, ...begun } = await provider.begin(knownProvider(context.req.query("with"), parts));
    const id = signInCookie.renew(context, SIGN_IN_SECONDS);
    const value = { ...begun, returnTo: returnAddress(context.req.query("return")) };
    await records.put({ kind: "sign-in", id, value, expiresAt: Date.now() + SIGN_IN_SECONDS * 1_000 });
    context.header("cache-control", "no-store");
    return context.redirect(url.href, 303);
  });

  app.get("/sign-in/callback", async (context) => {
    context.header("cache-control", "no-store");
    const begunId = signInCookie.read(context);
    signInCookie.clear(context);
    const begun = begunId === undefined ? undefined : await records.take("sign-in", begunId);
    // A browser that did not begin here is about to be signed in as somebody else (login CSRF).
    if (begun === undefined) return context.redirect("/?sign-in=failed", 303);
    const { returnTo, ...rest } = begunSchema.parse(begun.value);
    try {
      const tokens = await provider.finish(new URL(context.req.url).searchParams, rest);
      const previous = sessionCookie.read(context);
      // Always a new id: one that somebody planted before is worth nothing (session fixation).
      await sessions.begin(sessionCookie.renew(context, sessions.maxAgeSeconds), tokens);
      if (previous !== undefined) await ended(sessions, previous, log);
    } catch (error) {
      log.warn({ requestId: context.get("requestId"), error }, "nobody signed in");
      sessionCookie.clear(context);
      return context.redirect("/?sign-in=failed", 303);
    }
    return context.redirect(returnTo, 303);
  });

  app.post("/sign-out", async (context) => {
    const id = sessionCookie.read(context);
    if (id === undefined) throw new ApiProblem("unauthenticated", "nobody is signed in");
    await ended(sessions, id, log);
    sessionCookie.clear(context);
    return context.body(null, 204);
  });

  return app;
}

/** One of the tenant's providers; a name that is none of theirs is never passed on. */
function knownProvider(asked: string | undefined, { signInProviders }: SignInParts): string | undefined {
  if (asked === undefined || signInProviders.includes(asked)) return asked;
  throw new ApiProblem("not-found", "nobody signs in by this provider here");
}

/** Ends a session; what the issuer thinks of it is noted, and does not matter here any more. */
async function ended(sessions: Sessions, id: string, log: BffLog): Promise<void> {
  await sessions.end(id).catch((error: unknown) => log.warn({ error }, "issuer was not told"));
}
