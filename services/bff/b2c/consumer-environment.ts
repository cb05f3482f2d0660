import type { BffEnvironment } from "../library/bff-environment.ts";
import type { Session } from "./sign-in/sessions.ts";

/** A consumer whom the BFF has verified. */
export interface Consumer {
  /** Opaque id. */
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Of a browser; absent for apps, which send an access token. */
  readonly session?: Session;
}

/** What this BFF knows of a request. */
export interface ConsumerEnvironment extends BffEnvironment {
  Variables: BffEnvironment["Variables"] & {
    /** Absent for visitors who have not signed in. */
    consumer?: Consumer;
  };
}
