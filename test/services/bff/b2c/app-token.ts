import { createHash, randomBytes } from "node:crypto";
import { APP_REDIRECT, type ConsumerBffUnderTest } from "./consumer-bff.ts";
import { Browser } from "./browser.ts";

/** An access token of a consumer, as an app gets it for itself at the pool: by code and PKCE, without a secret. */
export async function appToken(bff: ConsumerBffUnderTest, username = "alice"): Promise<string> {
  const { pool } = bff;
  const { clientId } = pool.clients.find((it) => it.name === "consumer")!;
  const verifier = randomBytes(32).toString("base64url");
  const url = new URL(`${pool.issuer}/oauth2/authorize`);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: APP_REDIRECT,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  const login = await fetch(url, { redirect: "manual" });
  expectRedirect(login);
  const back = new URL(await new Browser().signInAtPool(bff, url.href, username));
  const response = await fetch(pool.tokenUrl, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: APP_REDIRECT,
      code: back.searchParams.get("code") ?? "",
      code_verifier: verifier,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

function expectRedirect({ status }: Response): void {
  if (status !== 303) throw new Error(`the pool answered ${status}`);
}
