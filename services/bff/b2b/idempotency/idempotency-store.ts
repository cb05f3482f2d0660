/** For how long an answer is given again. */
export const KEPT_SECONDS = 86_400;

/** For how long a request is taken to be running: longer than any takes. After that its instance is taken to have ended. */
export const HELD_SECONDS = 180;

/** A request that may be sent again: the same key means the same request, within one partner and route. */
export interface IdempotentRequest {
  readonly partnerId: string;
  readonly route: string;
  readonly key: string;
  /** Digest of what the request says. */
  readonly fingerprint: string;
}

/** An answer as it is given again. */
export interface KeptResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What there is for a request: nothing, so it is the caller's to do; another one with its key; one that is being done; its answer. */
export type Claim =
  | { readonly is: "new" }
  | { readonly is: "another" }
  | { readonly is: "running" }
  | { readonly is: "done"; readonly response: KeptResponse };

/** The requests of one tenant's partners that may be sent again, on a store that all instances share. */
export interface IdempotencyStore {
  /** Takes a request; of several at the same time one is told that it is new. */
  claim(request: IdempotentRequest): Promise<Claim>;
  /** Keeps the answer to a request that was claimed. */
  keep(request: IdempotentRequest, response: KeptResponse): Promise<void>;
  /** Gives a request back that was claimed and came to nothing. */
  release(request: IdempotentRequest): Promise<void>;
}
