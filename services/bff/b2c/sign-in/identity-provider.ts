import * as oidc from "openid-client";
import { ApiProblem } from "../../library/api-problem.ts";
import type { TokenVerifier, VerifiedToken } from "../../../libraries/service-kit/tokens/token.ts";

/** What a consumer is granted by signing in, verified. */
export interface SignedInTokens {
  readonly caller: VerifiedToken & { readonly userId: string };
  /** Absent where the issuer gives none: the session then ends with the access token. */
  readonly refreshToken?: string;
}

/** A sign-in that has begun: what the browser is sent to, and what is remembered until it comes back. */
export interface BegunSignIn {
  readonly url: URL;
  readonly state: string;
  readonly codeVerifier: string;
}

/** The client of the BFF at the tenant's user pool. */
export interface IdentityProviderOptions {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** The scopes that consumers are asked for, as the issuer calls them. */
  readonly scope: string;
  readonly verify: TokenVerifier;
}

/** The OpenID provider of consumers: code with PKCE by a confidential client. */
export class IdentityProvider {
  private readonly options: IdentityProviderOptions;
  private found: Promise<oidc.Configuration> | undefined;

  constructor(options: IdentityProviderOptions) {
    this.options = options;
  }

  /** Begins a sign-in. */
  async begin(): Promise<BegunSignIn> {
    const codeVerifier = oidc.randomPKCECodeVerifier();
    const state = oidc.randomState();
    const url = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.options.redirectUri,
      scope: this.options.scope,
      state,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: "S256",
    });
    return { url, state, codeVerifier };
  }

  /** Exchanges the code with which the browser came back; throws what `openid-client` throws, or `TokenError`. */
  async finish(query: URLSearchParams, begun: Omit<BegunSignIn, "url">): Promise<SignedInTokens> {
    const { redirectUri } = this.options;
    const answer = new URL(`${redirectUri}?${query.toString()}`);
    return this.tokensOf(
      await oidc.authorizationCodeGrant(await this.configuration(), answer, {
        expectedState: begun.state,
        pkceCodeVerifier: begun.codeVerifier,
      }),
    );
  }

  /** Renews what a session holds; `undefined` once the issuer says that it is over. */
  async refresh(refreshToken: string): Promise<SignedInTokens | undefined> {
    try {
      const answer = await oidc.refreshTokenGrant(await this.configuration(), refreshToken);
      return await this.tokensOf({ refresh_token: refreshToken, ...answer });
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError && error.error === "invalid_grant") return undefined;
      throw unavailable(error);
    }
  }

  /** Makes a refresh token worthless, where the issuer can. */
  async revoke(refreshToken: string): Promise<void> {
    const configuration = await this.configuration();
    if (configuration.serverMetadata().revocation_endpoint === undefined) return;
    await oidc.tokenRevocation(configuration, refreshToken);
  }

  private async tokensOf(answer: { access_token: string; refresh_token?: string }): Promise<SignedInTokens> {
    const { userId, ...caller } = await this.options.verify(answer.access_token);
    if (userId === undefined) throw new ApiProblem("forbidden", "the token is of a machine");
    const { refresh_token: refreshToken } = answer;
    return { caller: { ...caller, userId }, ...(refreshToken !== undefined && { refreshToken }) };
  }

  /** What the issuer says of itself: asked once, and again after a failure. */
  private configuration(): Promise<oidc.Configuration> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = undefined;
      throw unavailable(error);
    });
    return this.found;
  }

  private discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.options;
    // An issuer without TLS is one of this machine.
    const isLoopback = issuer.protocol === "http:" && issuer.hostname === "127.0.0.1";
    const authentication = oidc.ClientSecretBasic(clientSecret);
    return oidc.discovery(issuer, clientId, undefined, authentication, {
      timeout: 5,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out; loopback has no certificate
      ...(isLoopback && { execute: [oidc.allowInsecureRequests] }),
    });
  }
}

function unavailable(cause: unknown): ApiProblem {
  if (cause instanceof ApiProblem) return cause;
  return new ApiProblem("unavailable", "nobody can sign in at the moment", { retryAfterSeconds: 10, cause });
}
