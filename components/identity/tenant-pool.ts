import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import type { SignInProviders } from "./sign-in-providers.ts";
import type { TokenClaims } from "./token-claims.ts";

/** What a client may do with an MCP server, as scopes of Amazon Cognito. */
export const POOL_SCOPES = ["mcp.read", "mcp.write"] as const;

/** What a client may do with an agent: call it by A2A. */
export const AGENT_POOL_SCOPES = ["a2a.call"] as const;

/** Whose pool it is. */
export interface TenantPoolArgs {
  readonly place: Place;
  readonly tenant: string;
  /** Prefix of its token endpoint's host, unique in the region among all AWS customers. */
  readonly domain: string;
  readonly tokenClaims: TokenClaims;
}

/** The issuer of one tenant's tokens for consumers, partners and agents: a token's issuer already names the tenant (premises 4 and 5). */
export class TenantPool extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** The `iss` of its tokens. */
  readonly issuer: pulumi.Output<string>;
  readonly discoveryUrl: pulumi.Output<string>;
  readonly tokenUrl: pulumi.Output<string>;
  /** The host at which it says of itself and of its keys. */
  readonly host: string;
  /** The host of its domain, at which people sign in and codes are exchanged. */
  readonly domainHost: pulumi.Output<string>;

  constructor(
    name: string,
    { place, tenant, domain, tokenClaims }: TenantPoolArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("alicerce:identity:TenantPool", name, {}, opts);

    const pool = new aws.cognito.UserPool(
      name,
      {
        name: tenant,
        userPoolTier: "ESSENTIALS",
        deletionProtection: "ACTIVE",
        mfaConfiguration: "ON",
        softwareTokenMfaConfiguration: { enabled: true },
        adminCreateUserConfig: { allowAdminCreateUserOnly: true },
        usernameConfiguration: { caseSensitive: false },
        passwordPolicy: {
          minimumLength: 14,
          requireLowercase: true,
          requireNumbers: true,
          requireSymbols: true,
          requireUppercase: true,
          temporaryPasswordValidityDays: 1,
        },
        lambdaConfig: { preTokenGenerationConfig: { lambdaArn: tokenClaims.arn, lambdaVersion: "V3_0" } },
      },
      { parent: this, protect: true },
    );
    tokenClaims.grantInvoke(name, pool.arn);
    const host = new aws.cognito.UserPoolDomain(name, { domain, userPoolId: pool.id }, { parent: this });

    this.id = pool.id;
    this.arn = pool.arn;
    this.host = `cognito-idp.${place.region}.amazonaws.com`;
    this.domainHost = pulumi.interpolate`${host.domain}.auth.${place.region}.amazoncognito.com`;
    this.issuer = pulumi.interpolate`https://${this.host}/${pool.id}`;
    this.discoveryUrl = pulumi.interpolate`${this.issuer}/.well-known/openid-configuration`;
    this.tokenUrl = pulumi.interpolate`https://${this.domainHost}/oauth2/token`;
    this.registerOutputs({ id: this.id, discoveryUrl: this.discoveryUrl, tokenUrl: this.tokenUrl });
  }

  /** Registers the scopes of one gateway, or of the agents, by which a token is bound to it; answers with their full names. */
  scopesOf(name: string, identifier: string, scopes: readonly string[] = POOL_SCOPES): pulumi.Output<string[]> {
    const server = new aws.cognito.ResourceServer(
      name,
      {
        userPoolId: this.id,
        identifier,
        name: identifier,
        scopes: scopes.map((scopeName) => ({ scopeName, scopeDescription: `${scopeName} at ${identifier}` })),
      },
      { parent: this },
    );
    return server.identifier.apply((it) => scopes.map((scope) => `${it}/${scope}`));
  }

  /** Registers a machine that gets tokens for itself, for a quarter of an hour, with these scopes only. */
  machineClient(name: string, scopes: readonly pulumi.Output<string[]>[]): aws.cognito.UserPoolClient {
    return new aws.cognito.UserPoolClient(
      name,
      {
        name,
        userPoolId: this.id,
        generateSecret: true,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ["client_credentials"],
        // Without a list Cognito also allows to sign in with passwords; an empty list counts as none.
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        allowedOauthScopes: pulumi.all([...scopes]).apply((it) => it.flat()),
        accessTokenValidity: 15,
        tokenValidityUnits: { accessToken: "minutes" },
        enableTokenRevocation: true,
        preventUserExistenceErrors: "ENABLED",
      },
      { parent: this },
    );
  }

  /**
   * Registers an application in which people sign in, by codes that are bound to it by PKCE (RFC 7636): it has no secret, and sees no
   * password. They sign in at the pool, or by one of `providers`, which the pool must know before.
   */
  signInClient(
    name: string,
    addresses: { readonly callback: string; readonly signedOut: string },
    providers?: SignInProviders,
  ): aws.cognito.UserPoolClient {
    return new aws.cognito.UserPoolClient(
      name,
      {
        name,
        userPoolId: this.id,
        generateSecret: false,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ["code"],
        allowedOauthScopes: ["openid"],
        callbackUrls: [addresses.callback],
        logoutUrls: [addresses.signedOut],
        supportedIdentityProviders: ["COGNITO", ...(providers?.names ?? [])],
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        accessTokenValidity: 5,
        tokenValidityUnits: { accessToken: "minutes" },
        enableTokenRevocation: true,
        preventUserExistenceErrors: "ENABLED",
      },
      { parent: this, ...(providers && { dependsOn: [providers.written] }) },
    );
  }
}
