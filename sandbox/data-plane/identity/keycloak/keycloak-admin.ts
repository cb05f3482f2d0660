const FRESH_MS = 40_000;

/** Keycloak's own account of a request that failed. */
export class KeycloakError extends Error {
  override readonly name = "KeycloakError";
  readonly code = "ERR_KEYCLOAK";
}

interface ServerInfo {
  readonly componentTypes: { readonly [type: string]: readonly ComponentType[] };
}

interface ComponentType {
  readonly id: string;
  readonly properties: readonly { readonly name: string; readonly type: string }[];
}

/** The Admin REST API of a Keycloak, as its first administrator. */
export class KeycloakAdmin {
  private readonly origin: string;
  private readonly password: string;
  private serverInfo: Promise<ServerInfo> | undefined;
  private token: { readonly value: string; readonly until: number } | undefined;

  constructor({ origin, password }: { readonly origin: string; readonly password: string }) {
    this.origin = origin;
    this.password = password;
  }

  /** The properties of a kind of component that are lists, by Keycloak's own account. */
  async listsOf(type: string, provider: string): Promise<readonly string[]> {
    this.serverInfo ??= this.get<ServerInfo>("/serverinfo");
    const { componentTypes } = await this.serverInfo;
    const properties = componentTypes[type]?.find((it) => it.id === provider)?.properties ?? [];
    return properties.filter((it) => it.type.startsWith("Multivalued")).map((it) => it.name);
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
    const response = await fetch(`${this.origin}/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.fresh()}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new KeycloakError(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  private async fresh(): Promise<string> {
    if (this.token !== undefined && this.token.until > Date.now()) return this.token.value;
    const body = new URLSearchParams({
      grant_type: "password",
      client_id: "admin-cli",
      username: "admin",
      password: this.password,
    });
    const response = await fetch(`${this.origin}/realms/master/protocol/openid-connect/token`, {
      method: "POST",
      body,
    });
    if (!response.ok) throw new KeycloakError(`no token for the administrator: ${response.status}`);
    const { access_token: value } = (await response.json()) as { readonly access_token: string };
    this.token = { value, until: Date.now() + FRESH_MS };
    return value;
  }
}
