import { randomBytes } from "node:crypto";
import type {
  OAuthClientMetadata,
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from "@modelcontextprotocol/client";

/** How a person logs in at whatever issuer the gateway names. */
export interface PersonLoginOptions {
  readonly clientName: string;
  /** Where the issuer sends the person back to: loopback for a native client (RFC 8252 section 7.3). */
  readonly redirectUrl: string;
  /** Takes the person to this address, and answers with the one that they were sent back to. */
  readonly authorize: (url: URL) => Promise<URL>;
  /** The client's own metadata document, for issuers that take its address as the client's id. */
  readonly clientMetadataUrl?: string;
  /** A client that the issuer knows already. */
  readonly registered?: { readonly clientId: string; readonly clientSecret?: string };
}

/**
 * Authorization code with PKCE: as the client that it was told to be, else by its metadata document, else by dynamic registration
 * (the order of MCP 2026-07-28, "Client Registration"). Remembers in memory, by issuer, and gives nothing to another issuer.
 */
export class PersonLogin implements OAuthClientProvider {
  readonly redirectUrl: string;
  readonly clientMetadata: OAuthClientMetadata;
  readonly clientMetadataUrl?: string;
  private readonly authorize: (url: URL) => Promise<URL>;
  private readonly registered: PersonLoginOptions["registered"];
  private readonly clients = new Map<string, StoredOAuthClientInformation>();
  private readonly stored = new Map<string, StoredOAuthTokens>();
  private newest: StoredOAuthTokens | undefined;
  private verifier = "";
  private expectedState = "";
  private discovered: OAuthDiscoveryState | undefined;
  private returned: URLSearchParams | undefined;

  constructor({ clientName, redirectUrl, authorize, clientMetadataUrl, registered }: PersonLoginOptions) {
    this.redirectUrl = redirectUrl;
    this.authorize = authorize;
    this.registered = registered;
    if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
    this.clientMetadata = {
      client_name: clientName,
      redirect_uris: [redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    };
  }

  state(): string {
    this.expectedState = randomBytes(16).toString("base64url");
    return this.expectedState;
  }

  clientInformation(at?: { issuer?: string }): StoredOAuthClientInformation | undefined {
    if (this.registered === undefined) return this.clients.get(at?.issuer ?? "");
    const { clientId, clientSecret } = this.registered;
    return { client_id: clientId, ...(clientSecret !== undefined && { client_secret: clientSecret }) };
  }

  saveClientInformation(client: StoredOAuthClientInformation, at?: { issuer?: string }): void {
    this.clients.set(at?.issuer ?? "", client);
  }

  tokens(at?: { issuer?: string }): StoredOAuthTokens | undefined {
    return at?.issuer === undefined ? this.newest : this.stored.get(at.issuer);
  }

  saveTokens(tokens: StoredOAuthTokens, at?: { issuer?: string }): void {
    this.newest = tokens;
    this.stored.set(at?.issuer ?? "", tokens);
    // A gateway may name another issuer next time.
    this.discovered = undefined;
  }

  async redirectToAuthorization(url: URL): Promise<void> {
    const { searchParams } = await this.authorize(url);
    if (searchParams.get("state") !== this.expectedState)
      throw new Error("the answer of the issuer is not to this login: its state differs");
    this.returned = searchParams;
  }

  /** What the issuer sent the person back with, once. */
  takeReturned(): URLSearchParams | undefined {
    const { returned } = this;
    this.returned = undefined;
    return returned;
  }

  saveCodeVerifier(verifier: string): void {
    this.verifier = verifier;
  }

  codeVerifier(): string {
    return this.verifier;
  }

  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.discovered = state;
  }

  discoveryState(): OAuthDiscoveryState | undefined {
    return this.discovered;
  }

  invalidateCredentials(what: "all" | "client" | "tokens" | "verifier" | "discovery"): void {
    if (what === "all" || what === "client") this.clients.clear();
    if (what === "all" || what === "discovery") this.discovered = undefined;
    if (what !== "all" && what !== "tokens") return;
    this.stored.clear();
    this.newest = undefined;
  }
}
