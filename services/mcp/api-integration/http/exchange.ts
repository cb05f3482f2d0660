import { request, type Dispatcher } from "undici";
import type { BackendRequest, Reply } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";
import { NO_PROOF, type Proof } from "./authentication.ts";
import { isLoopback } from "./backend-settings.ts";

/** What one exchange with a backend needs besides its request. */
export interface ExchangeFrame {
  readonly agent: Dispatcher;
  readonly baseUrl: URL;
  /** Hosts that a redirect may lead to. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly proof: Proof;
  readonly correlationId: string;
  readonly signal: AbortSignal;
}

const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Sends a request and receives its answer in full, following redirects of what only reads. */
export async function exchange(asked: BackendRequest, frame: ExchangeFrame): Promise<Reply> {
  const { agent, baseUrl, correlationId, signal } = frame;
  let url = urlOf(asked, frame);
  for (let redirects = 0; ; redirects++) {
    // A credential belongs to the origin that it was given for.
    const proof = url.origin === baseUrl.origin ? frame.proof : NO_PROOF;
    const response = await request(url, {
      dispatcher: agent,
      method: asked.method,
      headers: { ...asked.headers, "x-correlation-id": correlationId, "user-agent": "alicerce", ...proof.headers },
      ...(asked.body !== undefined && { body: asked.body }),
      signal,
    });
    const { statusCode, headers, body } = response;
    if (!REDIRECTS.has(statusCode)) return replyOf(response);
    await body.dump();
    url = redirected(asked, url, headers["location"], frame);
    if (redirects === MOST_REDIRECTS) throw refusedRedirect(`more than ${MOST_REDIRECTS} redirects`);
  }
}

/** The address of a request: below the base address, whatever the arguments were. */
export function urlOf({ path, query }: BackendRequest, { baseUrl, proof }: Pick<ExchangeFrame, "baseUrl" | "proof">) {
  const base = baseUrl.pathname.replace(/\/$/, "");
  const url = new URL(baseUrl);
  if (path !== "") url.pathname = base + path;
  const isBelow = path === "" || url.pathname === base + path;
  if (!isBelow) {
    const message = "the arguments do not make an address of this operation";
    throw new ApiProblem("ERR_ARGUMENT_INVALID", message);
  }
  for (const [name, value] of [...query, ...proof.query]) url.searchParams.append(name, value);
  return url;
}

function redirected(
  { method }: BackendRequest,
  from: URL,
  location: string | string[] | undefined,
  { allowedHosts, baseUrl }: ExchangeFrame,
): URL {
  if (method !== "GET" && method !== "HEAD") throw refusedRedirect(`redirect of ${method}`);
  const to = typeof location === "string" ? URL.parse(location, from.href) : null;
  if (to === null) throw refusedRedirect("redirect to no address");
  if (to.username + to.password !== "") throw refusedRedirect("redirect with a credential");
  if (to.protocol !== "https:" && !isLocal(to, baseUrl)) throw refusedRedirect(`redirect to ${to.protocol}`);
  if (to.host !== baseUrl.host && !allowedHosts.has(to.hostname))
    throw refusedRedirect(`redirect to host ${to.hostname}`);
  return to;
}

/** A backend on this machine may stay on it without TLS. */
function isLocal(to: URL, baseUrl: URL): boolean {
  return to.protocol === "http:" && isLoopback(to) && isLoopback(baseUrl);
}

function refusedRedirect(reason: string): ApiProblem {
  return new ApiProblem("ERR_BACKEND_REDIRECT", "the backend redirects to where this server does not go", { reason });
}

async function replyOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Reply> {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    await body.dump();
    const reason = `content-encoding ${String(encoding)}, which was not asked for`;
    throw new ApiProblem("ERR_ANSWER_UNREADABLE", "the backend compressed its answer unasked", { reason });
  }
  const type = headers["content-type"];
  const retryAfterMs = retryAfter(headers["retry-after"]);
  return {
    status: statusCode,
    mediaType: (typeof type === "string" ? type : "").split(";", 1)[0]?.trim().toLowerCase() ?? "",
    text: await body.text(),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | string[] | undefined): number | undefined {
  if (typeof value !== "string") return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
