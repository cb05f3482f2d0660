import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { errors, type Interaction, type InteractionResults } from "oidc-provider";
import { readForm } from "./request-form.ts";
import type { SignInGuard } from "./sign-in-guard.ts";
import { consentPage, failurePage, PAGE_HEADERS, signInPage } from "./sign-in-pages.ts";

/** Whose people sign in, to which provider. */
export interface SignInOptions {
  readonly tenantId: string;
  readonly provider: Provider;
  readonly guard: SignInGuard;
}

/** Answers a request to an interaction: shows its page, or takes what was entered there. */
export async function signIn(
  request: IncomingMessage,
  response: ServerResponse,
  options: SignInOptions,
): Promise<void> {
  try {
    const interaction = await options.provider.interactionDetails(request, response);
    const answer = request.method === "POST" ? await submitted(request, interaction, options) : undefined;
    if (typeof answer === "object") await options.provider.interactionFinished(request, response, answer);
    else response.writeHead(200, PAGE_HEADERS).end(answer ?? (await shown(interaction, options)));
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    response.writeHead(error.statusCode, PAGE_HEADERS).end(await failurePage("Begin again where you came from."));
  }
}

async function shown({ prompt, params }: Interaction, { tenantId, provider }: SignInOptions): Promise<string> {
  if (prompt.name === "login") return signInPage(tenantId);
  const client = await provider.Client.find(String(params["client_id"]));
  const scopes = new Set([...wanted(prompt.details).oidc, ...wanted(prompt.details).resource.flatMap(([, it]) => it)]);
  return consentPage({
    tenantId,
    client: client?.clientName ?? String(params["client_id"]),
    redirectUri: String(params["redirect_uri"]),
    scopes: [...scopes],
  });
}

/** What comes of a form: the end of the interaction, or the page again. */
async function submitted(
  request: IncomingMessage,
  interaction: Interaction,
  { tenantId, provider, guard }: SignInOptions,
): Promise<InteractionResults | string> {
  const form = await readForm(request);
  if (interaction.prompt.name === "login") {
    const username = form.get("username") ?? "";
    const person = await guard.signIn(username, form.get("password") ?? "");
    return person === undefined ? signInPage(tenantId, { username }) : { login: { accountId: person.id } };
  }
  if (form.get("decision") !== "allow") return { error: "access_denied", error_description: "the user denied access" };
  return { consent: { grantId: await granted(interaction, provider) } };
}

async function granted({ prompt, params, session, grantId }: Interaction, provider: Provider): Promise<string> {
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = known ?? new provider.Grant({ accountId: session?.accountId, clientId: String(params["client_id"]) });
  const { oidc, resource } = wanted(prompt.details);
  if (oidc.length > 0) grant.addOIDCScope(oidc.join(" "));
  for (const [indicator, scopes] of resource) grant.addResourceScope(indicator, scopes.join(" "));
  return grant.save();
}

interface Wanted {
  readonly oidc: readonly string[];
  readonly resource: readonly (readonly [string, readonly string[]])[];
}

function wanted(details: { readonly [name: string]: unknown }): Wanted {
  const { missingOIDCScope = [], missingResourceScopes = {} } = details as {
    readonly missingOIDCScope?: readonly string[];
    readonly missingResourceScopes?: { readonly [indicator: string]: readonly string[] };
  };
  return { oidc: missingOIDCScope, resource: Object.entries(missingResourceScopes) };
}
