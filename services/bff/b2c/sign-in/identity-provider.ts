import * as oidc from "openid-client";
import { ApiProblem } from "../../library/api-problem.ts";
import { opaque } from "../../../libraries/service-kit/tokens/token-claims.ts";

/** What a consumer is granted by signing in, verified. */
export interface SignedInTokens {
  /** Opaque id of the consumer, the same as in access tokens of the issuer. */
  readonly userId: string;
  /** Until when the issuer has said so, in milliseconds since 1970. */
  readonly verifiedUntil: number;
  /** Absent where the issuer gives none: the session then ends with the access token. */
  readonly refreshToken?: string;
}

/** A sign-in that has begun: what the browser is sent to, and what is remembered until it comes back. */
export interface BegunSignIn {
  readonly url: URL;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The client of the BFF at the tenant's user pool. */
export interface IdentityProviderOptions {
  readonly issuer: URL;
  readonly clientId: string;
  readonly redirectUri: string;
}

/** The OpenID provider of consumers: code with PKCE by a client without a secret, whose tokens no browser sees. */
export class IdentityProvider {
  private readonly options: IdentityProviderOptions;
  private found: Promise<oidc.Configuration> | undefined;

  constructor(options: IdentityProviderOptions) {
    this.options = options;
  }

  /** Begins a sign-in; by a provider that the pool knows, where one is named. */
  async begin(provider?: string): Promise<BegunSignIn> {
    const codeVerifier = oidc.randomPKCECodeVerifier();
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const url = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.options.redirectUri,
      scope: "openid",
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: "S256",
      ...(provider !== undefined && { identity_provider: provider }),
    });
    return { url, state, nonce, codeVerifier };
  }

  /** Exchanges the code with which the browser came back; throws what `openid-client` throws, or `ApiProblem`. */
  async finish(query: URLSearchParams, begun: Omit<BegunSignIn, "url">): Promise<SignedInTokens> {
    const { redirectUri } = this.options;
    const answer = new URL(`${redirectUri}?${query.toString()}`);
    return this.tokensOf(
      await oidc.authorizationCodeGrant(await this.configuration(), answer, {
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
        pkceCodeVerifier: begun.codeVerifier,
      }),
    );
  }

  /** Renews what a session holds; `undefined` once the issuer says that it is over. */
  async refresh(refreshToken: string): Promise<SignedInTokens | undefined> {
    try {
      const answer = await oidc.refreshTokenGrant(await this.configuration(), refreshToken);
      return { refreshToken, ...this.tokensOf(answer) };
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

  /** Who the id token says it is; `openid-client` has verified it, its signature too. */
  private tokensOf(answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): SignedInTokens {
    const claims = answer.claims();
    if (claims === undefined) throw new ApiProblem("unavailable", "the issuer does not say who signed in");
    const { refresh_token: refreshToken } = answer;
    return {
      userId: opaque(claims.iss, claims.sub),
      verifiedUntil: claims.exp * 1_000,
      ...(refreshToken !== undefined && { refreshToken }),
    };
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
    const { issuer, clientId } = this.options;
    // An issuer without TLS is one of this machine.
    const isLoopback = issuer.protocol === "http:" && issuer.hostname === "127.0.0.1";
    return oidc.discovery(issuer, clientId, undefined, oidc.None(), {
      timeout: 5,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out; loopback has no certificate
      execute: [oidc.enableNonRepudiationChecks, ...(isLoopback ? [oidc.allowInsecureRequests] : [])],
    });
  }
}

function unavailable(cause: unknown): ApiProblem {
  if (cause instanceof ApiProblem) return cause;
  return new ApiProblem("unavailable", "nobody can sign in at the moment", { retryAfterSeconds: 10, cause });
}
