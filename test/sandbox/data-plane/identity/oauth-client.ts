import { hash, randomBytes } from "node:crypto";
import * as z from "zod";
import { scriptedSignIn } from "../../../../sandbox/data-plane/identity/scripted-sign-in.ts";

/** Where the client listens, or would. */
export const REDIRECT = "http://127.0.0.1:33418/callback";

/** What a tool says about itself when it registers. */
export const METADATA = {
  client_name: "a tool",
  redirect_uris: [REDIRECT],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
  application_type: "native",
};

/** An answer in JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What somebody enters. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const endpoints = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  revocation_endpoint: z.string().optional(),
  registration_endpoint: z.string().optional(),
});

/** A client that speaks OAuth by hand, so that it can also do what no library would. */
export class OAuthClient {
  readonly metadata: z.infer<typeof endpoints>;
  readonly verifier = randomBytes(32).toString("base64url");
  clientId = "";

  private constructor(metadata: z.infer<typeof endpoints>) {
    this.metadata = metadata;
  }

  static async discover(discoveryUrl: string): Promise<OAuthClient> {
    return new OAuthClient(endpoints.parse(await (await fetch(discoveryUrl)).json()));
  }

  /** Registers itself (RFC 7591), and remembers under which id. */
  async register(changes: object = {}): Promise<Answer> {
    const answer = await sendJson("POST", this.metadata.registration_endpoint ?? "", { ...METADATA, ...changes });
    this.clientId = String(answer.body["client_id"]);
    return answer;
  }

  /** The authorization request; a parameter that is undefined is left out. */
  authorizationUrl(changes: Readonly<Record<string, string | undefined>> = {}): URL {
    const url = new URL(this.metadata.authorization_endpoint);
    const parameters = {
      response_type: "code",
      client_id: this.clientId,
      redirect_uri: REDIRECT,
      scope: "mcp:read",
      state: "somewhere",
      code_challenge: hash("sha256", this.verifier, "base64url"),
      code_challenge_method: "S256",
      ...changes,
    };
    const given = Object.entries<string | undefined>(parameters);
    for (const [name, value] of given) if (value !== undefined) url.searchParams.set(name, value);
    return url;
  }

  /** Lets somebody sign in, and answers with the parameters that come back. */
  async authorize(
    person: Credentials,
    changes?: Readonly<Record<string, string | undefined>>,
  ): Promise<URLSearchParams> {
    const { username, password } = person;
    const redirectUri = changes?.["redirect_uri"] ?? REDIRECT;
    const url = this.authorizationUrl(changes);
    return (await scriptedSignIn({ url, username, password, redirectUri })).searchParams;
  }

  /** Redeems a code. */
  async redeem(code: string | null, changes: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.token({
      grant_type: "authorization_code",
      code: code ?? "",
      redirect_uri: REDIRECT,
      client_id: this.clientId,
      code_verifier: this.verifier,
      ...changes,
    });
  }

  /** Asks the token endpoint. */
  async token(form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const body = new URLSearchParams(form);
    return answerOf(await fetch(this.metadata.token_endpoint, { method: "POST", body, headers }));
  }
}

/** Sends JSON, and reads what comes back if that is JSON too. */
export async function sendJson(method: string, url: string, body?: object, token?: string): Promise<Answer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return answerOf(
    await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...authorization },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text === "" ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  return { status: response.status, body };
}
