import { SignatureV4 } from "@smithy/signature-v4";
import { AGENT_HEADER } from "../../../contracts/agents/identity.ts";
import { Sha256 } from "../service-kit/sha256.ts";
import { sessionOf } from "./runtime-session.ts";

type Credentials = ConstructorParameters<typeof SignatureV4>[0]["credentials"];

/** As whom requests are signed, and where they go. */
export interface RuntimeFetchOptions {
  readonly region: string;
  readonly credentials: Credentials;
  readonly fetch?: typeof fetch;
}

const SESSION_HEADER = "x-amzn-bedrock-agentcore-runtime-session-id";

/**
 * A `fetch` that signs requests to AgentCore Runtime by the workload's role (Signature Version 4): AWS verifies them before an agent sees
 * them. All calls on behalf of one person or partner are of one session, whose microVM is of nobody else.
 */
export function runtimeFetch({ region, credentials, fetch: through = fetch }: RuntimeFetchOptions): typeof fetch {
  const signer = new SignatureV4({ service: "bedrock-agentcore", region, credentials, sha256: Sha256 });
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { body } = init ?? {};
    if (body !== undefined && body !== null && typeof body !== "string") throw new TypeError("only text can be signed");
    const signed = await signer.sign({
      method: init?.method ?? "GET",
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...headersOf(init), host: url.host },
      ...(typeof body === "string" && { body }),
    });
    // `fetch` writes the header "host" itself.
    const headers = Object.entries(signed.headers).filter(([name]) => name !== "host");
    return through(url, { ...init, headers: Object.fromEntries(headers) });
  };
}

/** The headers of a call, and the session that it is of. */
function headersOf(init: RequestInit | undefined): Record<string, string> {
  const headers = new Headers(init?.headers);
  const session = sessionOf(headers.get(AGENT_HEADER.userContext) ?? "");
  if (session !== undefined) headers.set(SESSION_HEADER, session);
  return Object.fromEntries(headers);
}
