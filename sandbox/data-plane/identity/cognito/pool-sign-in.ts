import { type Person, personOf } from "../people.ts";
import { grantedScopes, type PoolClient } from "./pool-clients.ts";
import { PoolProblem } from "./pool-problem.ts";
import { signInPage } from "../sign-in-pages.ts";
import type { TokenEndpoint } from "./token-endpoint.ts";
import type { UserPool } from "./user-pool.ts";

/** What an authorization request asks for, once it is known where its answer goes. */
export interface AuthorizationRequest {
  readonly client: PoolClient;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly query: URLSearchParams;
}

/** Who asks, and where the answer goes; throws `PoolProblem` if the answer may go nowhere. */
export function authorizationRequest({ clients }: UserPool, query: URLSearchParams): AuthorizationRequest {
  const client = clients.find((it) => it.clientId === query.get("client_id"));
  const redirectUri = query.get("redirect_uri") ?? "";
  if (client === undefined) throw new PoolProblem("invalid_client", { description: "There is no such client." });
  if (!client.redirectUris.includes(redirectUri)) {
    throw new PoolProblem("invalid_request", { description: "The client may not be answered at this address." });
  }
  return { client, redirectUri, state: query.get("state"), query };
}

/** The scopes that somebody is asked to allow, and the proof of who asked; throws `PoolProblem`, to be told to the client. */
export function requireValid({ client, query }: AuthorizationRequest): {
  scopes: readonly string[];
  codeChallenge: string;
} {
  if (query.get("response_type") !== "code") throw new PoolProblem("unsupported_response_type");
  const codeChallenge = query.get("code_challenge") ?? "";
  if (query.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(codeChallenge)) {
    throw new PoolProblem("invalid_request", { description: "code_challenge of S256 is required" });
  }
  return { scopes: grantedScopes(client, query.get("scope")), codeChallenge };
}

/** Where the browser goes with what has become of the request. */
export function answerAddress(request: AuthorizationRequest, answer: Readonly<Record<string, string>>): URL {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (request.state !== null) url.searchParams.set("state", request.state);
  return url;
}

/** Takes a name and a password: the address with the code, or the page again. */
export async function signedIn(
  request: AuthorizationRequest,
  form: URLSearchParams,
  { endpoint, people, tenantId }: { endpoint: TokenEndpoint; people: readonly Person[]; tenantId: string },
): Promise<URL | string> {
  const { scopes, codeChallenge } = requireValid(request);
  const username = form.get("username") ?? "";
  const person = personOf(people, username, form.get("password") ?? "");
  if (person === undefined) return signInPage(tenantId, { username });
  const { client, redirectUri, query } = request;
  const nonce = query.get("nonce");
  const allowed = { client, person, scopes, redirectUri, codeChallenge, ...(nonce !== null && { nonce }) };
  return answerAddress(request, { code: endpoint.code(allowed) });
}
