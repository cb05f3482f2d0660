import { type MachineToken, machineTokenSchema } from "../libraries/gateway-client/machine-token.ts";

/** How long the token endpoint may take. */
const TIMEOUT_MS = 4_000;

/** A client, and where it gets tokens for itself. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: () => Promise<string>;
  readonly tokenUrl: string;
}

/** A token for the client itself, with all of its scopes (RFC 6749, 4.4). Rejects without a word of the answer, which may quote the secret. */
export async function clientCredentialsToken(credentials: ClientCredentials): Promise<MachineToken> {
  const { clientId, clientSecret, tokenUrl } = credentials;
  const basic = [clientId, await clientSecret()].map((it) => encodeURIComponent(it)).join(":");
  const response = await fetch(tokenUrl, {
    method: "POST",
    redirect: "error",
    headers: { authorization: `Basic ${Buffer.from(basic).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`);
  const answer = machineTokenSchema.safeParse(await response.json());
  if (!answer.success) throw new Error("the token endpoint answered no token");
  return answer.data;
}
