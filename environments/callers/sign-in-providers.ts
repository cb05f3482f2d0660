import * as z from "zod";
import { publicHost } from "../networks/public-host.ts";
import { mustBe, noneOf, record, text } from "../wording.ts";

/** What Amazon Cognito itself calls something. */
const TAKEN = /^(?:cognito|google|facebook|signinwithapple|loginwithamazon|apple)$/i;
const NAME = /^[A-Za-z][A-Za-z0-9-]{2,23}$/;

const clientId = text(
  /^[A-Za-z0-9._-]{1,128}$/,
  "the id of a client at the provider: at most 128 letters, digits and `._-`",
);
const appleId = text(/^[A-Z0-9]{10}$/, "an id of Apple's: 10 capital letters and digits", (it) => it.toUpperCase());

const openIdProvider = record({
  /** The host of its issuer, which is `https://<host>` without a path or with the one that `path` says. */
  host: publicHost(),
  path: text(/^(?:\/[A-Za-z0-9._~-]{1,64}){1,6}$/, 'the path of an issuer, such as "/oauth2/default"').optional(),
  clientId,
});

/**
 * By whom else than the pool consumers of a tenant may have themselves signed in. No secret is here: each provider's is a value that
 * an operator writes to Secrets Manager, under the name that `signInSecret` says.
 */
export const signInProviders = record({
  apple: record({ clientId, teamId: appleId, keyId: appleId }).optional(),
  facebook: record({ clientId }).optional(),
  google: record({ clientId }).optional(),
  /** Other OpenID providers, by the name that the sign-in shows. */
  openId: z
    .record(z.string(), openIdProvider, { error: ({ input }) => mustBe(input, "an object") })
    .readonly()
    .optional(),
}).check(({ value: { openId = {} }, issues }) => {
  for (const name of Object.keys(openId)) {
    if (NAME.test(name) && !TAKEN.test(name)) continue;
    const message = mustBe(name, "3 to 24 letters, digits and hyphens, and no name that Amazon Cognito uses itself");
    issues.push({ code: "custom", input: name, path: ["openId", name], message });
  }
});

/** What a tenant says of who comes in, and how. */
interface SignIn {
  readonly scenarios: readonly string[];
  readonly directory?: unknown;
  readonly signInProviders?: unknown;
  readonly partners?: unknown;
}

/** Developers alone have a directory, consumers alone providers, and partners alone are partners. */
export function signInFits({
  value: { scenarios, ...ways },
  issues,
}: {
  readonly value: SignIn;
  readonly issues: z.core.$ZodRawIssue[];
}): void {
  const needed = { directory: "internal", signInProviders: "b2c", partners: "b2b" } as const;
  for (const way of ["directory", "signInProviders", "partners"] as const) {
    if (ways[way] === undefined || scenarios.includes(needed[way])) continue;
    issues.push({ code: "custom", input: ways[way], path: [way], message: noneOf(needed[way], scenarios) });
  }
}

/** A provider as the function that writes it to the pool is told of it. */
export type SignInProvider =
  | { readonly type: "Google" | "Facebook"; readonly clientId: string }
  | { readonly type: "SignInWithApple"; readonly clientId: string; readonly teamId: string; readonly keyId: string }
  | { readonly type: "OIDC"; readonly clientId: string; readonly issuer: string };

/** The providers of a tenant, by the names that Amazon Cognito knows them by. */
export function signInProvidersOf(
  providers: z.infer<typeof signInProviders> | undefined,
): Readonly<Record<string, SignInProvider>> {
  const { apple, facebook, google, openId = {} } = providers ?? {};
  return {
    ...(apple && { SignInWithApple: { type: "SignInWithApple", ...apple } }),
    ...(facebook && { Facebook: { type: "Facebook", ...facebook } }),
    ...(google && { Google: { type: "Google", ...google } }),
    ...Object.fromEntries(
      Object.entries(openId).map(([name, it]) => [
        name,
        { type: "OIDC" as const, clientId: it.clientId, issuer: `https://${it.host}${it.path ?? ""}` },
      ]),
    ),
  };
}

/** The name of the secret in Secrets Manager by which the tenant is known to a provider. */
export function signInSecret(tenant: string, provider: string): string {
  return `alicerce/${tenant}/sign-in/${provider}`;
}
