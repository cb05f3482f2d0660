import type { RealmAdmin } from "./registration-guard.ts";

/** How long before its end a token is no longer used, and how long Keycloak may take to answer. */
const SPARE_MS = 10_000;
const TIMEOUT_MS = 60_000;

/** Keycloak's own account of a request that failed. */
export class KeycloakError extends Error {
  override readonly name = "KeycloakError";
  readonly code = "ERR_KEYCLOAK";
}

/** A Keycloak, and the form by which its token endpoint gives out an administrator's tokens. */
export interface AdminLogin {
  /** Base URL of the administration. */
  readonly origin: string;
  readonly form: () => Promise<Readonly<Record<string, string>>>;
}

/** The Admin REST API of a Keycloak; every method throws `KeycloakError` when Keycloak refuses. */
export class KeycloakAdmin implements RealmAdmin {
  private readonly login: AdminLogin;
  private token: { readonly value: string; readonly until: number } | undefined;

  constructor(login: AdminLogin) {
    this.login = login;
  }

  /** What is there. */
  async get<Result>(path: string): Promise<Result> {
    return (await (await this.send("GET", path)).json()) as Result;
  }

  /** Makes something; answers with its id. */
  async post(path: string, body: object): Promise<string> {
    const response = await this.send("POST", path, body);
    return response.headers.get("location")?.split("/").at(-1) ?? "";
  }

  async put(path: string, body?: object): Promise<void> {
    await this.send("PUT", path, body);
  }

  async delete(path: string): Promise<void> {
    await this.send("DELETE", path);
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.login.origin}/admin${path}`, {
      method,
      redirect: "error",
      headers: { authorization: `Bearer ${await this.fresh()}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new KeycloakError(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** The answer of the token endpoint is not repeated in errors: it may quote the secret. */
  private async fresh(): Promise<string> {
    if (this.token !== undefined && this.token.until > Date.now()) return this.token.value;
    const response = await fetch(`${this.login.origin}/realms/master/protocol/openid-connect/token`, {
      method: "POST",
      redirect: "error",
      body: new URLSearchParams(await this.login.form()),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new KeycloakError(`no token for the administrator: ${response.status}`);
    const { access_token: value, expires_in: seconds } = (await response.json()) as Token;
    this.token = { value, until: Date.now() + seconds * 1_000 - SPARE_MS };
    return value;
  }
}

interface Token {
  readonly access_token: string;
  readonly expires_in: number;
}
