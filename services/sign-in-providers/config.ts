import * as z from "zod";
import { jsonText } from "../libraries/mcp-host/config.ts";

const known = { clientId: z.string().min(1), secretArn: z.string().startsWith("arn:") };

const provider = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("Google"), ...known }),
  z.strictObject({ type: z.literal("Facebook"), ...known }),
  z.strictObject({ type: z.literal("SignInWithApple"), ...known, teamId: z.string().min(1), keyId: z.string().min(1) }),
  z.strictObject({ type: z.literal("OIDC"), ...known, issuer: z.url({ protocol: /^https$/ }) }),
]);

/** A provider by which people sign in, and where its secret is; never the secret. */
export type Provider = z.infer<typeof provider>;

/** What the function must be given; every fault is reported at once. */
export const SignInProvidersConfig = z.object({
  /** The user pool that is to know the providers. */
  USER_POOL_ID: z.string().min(1),
  /** A JSON object: each provider by the name that the pool knows it by. */
  PROVIDERS: jsonText.pipe(z.record(z.string(), provider)),
});

/** The names that `infra` must supply. */
export type SignInProvidersEnvironment = z.input<typeof SignInProvidersConfig>;
