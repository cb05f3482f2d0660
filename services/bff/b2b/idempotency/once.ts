import { hash } from "node:crypto";
import type { Context } from "hono";
import { ApiProblem } from "../../library/api-problem.ts";
import type { PartnerEnvironment } from "../partners/partner-environment.ts";
import type { IdempotencyStore, IdempotentRequest, KeptResponse } from "./idempotency-store.ts";

/** The header of draft-ietf-httpapi-idempotency-key-header-07. */
export const IDEMPOTENCY_HEADER = "Idempotency-Key";

/** A string of Structured Fields (RFC 9651) as the draft has it, or the same without quotes, as most clients send it. */
const KEY = /^(?:"([\w.:-]{1,128})"|([\w.:-]{1,128}))$/;

const KEPT_HEADERS = ["content-type", "etag", "location"] as const;

/** What is done once: for what the request says, under which name of a route. */
export interface OnceOptions {
  readonly store: IdempotencyStore;
  readonly route: string;
  /** What the request says, as it was understood. */
  readonly says: unknown;
  readonly work: (key: string) => Promise<Response>;
}

/**
 * Does `work` once for each key of a partner and route, and answers the same to whoever sends the request again within 24 hours. Throws
 * `ApiProblem`: 400 without a key, 409 while the first one runs, 422 for a key of another request. What fails may be tried again.
 */
export async function once(call: Context<PartnerEnvironment>, options: OnceOptions): Promise<Response> {
  const { store, route, says, work } = options;
  const key = idempotencyKey(call.req.header(IDEMPOTENCY_HEADER));
  const fingerprint = hash("sha256", canonical(says), "base64url");
  const request = { partnerId: call.var.partner.id, route, key, fingerprint };
  const claim = await store.claim(request);
  if (claim.is === "another") throw new ApiProblem("invalid", `${IDEMPOTENCY_HEADER} was used for another request`);
  if (claim.is === "running") {
    const detail = `a request with this ${IDEMPOTENCY_HEADER} is being processed`;
    throw new ApiProblem("conflict", detail, { retryAfterSeconds: 1 });
  }
  if (claim.is === "done") return given(claim.response);
  return first(store, request, work);
}

/** The key that a header holds; throws `ApiProblem` 400 for none and for what is no key. */
export function idempotencyKey(header: string | undefined): string {
  if (header === undefined) throw new ApiProblem("bad-request", `${IDEMPOTENCY_HEADER} is required here`);
  const [, quoted, plain] = KEY.exec(header) ?? [];
  const key = quoted ?? plain;
  if (key !== undefined) return key;
  throw new ApiProblem("bad-request", `${IDEMPOTENCY_HEADER} must be 1 to 128 letters, digits or any of _ . : -`);
}

async function first(
  store: IdempotencyStore,
  request: IdempotentRequest,
  work: OnceOptions["work"],
): Promise<Response> {
  let response: Response;
  try {
    response = await work(request.key);
  } catch (error) {
    await store.release(request);
    throw error;
  }
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  await store.keep(request, {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: await response.clone().text(),
  });
  return response;
}

function given({ status, headers, body }: KeptResponse): Response {
  return new Response(body, { status, headers: { ...headers, "idempotency-replayed": "true" } });
}

/** JSON in which the order of members says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    typeof it === "object" && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}
