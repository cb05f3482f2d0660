import { hash } from "node:crypto";
import { html, raw } from "hono/html";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center }
main { box-sizing: border-box; width: min(24rem, 100vw); padding: 1.5rem }
label, input, button { display: block; box-sizing: border-box; width: 100%; font: inherit }
input, button { margin: .25rem 0 1rem; padding: .6rem }
[role=alert] { border-left: .25rem solid #d13; padding-left: .75rem }
li { overflow-wrap: anywhere }
`;

/** Headers of every page: nothing from elsewhere, no frame around it, no copy kept. */
export const PAGE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${hash("sha256", STYLE, "base64")}'; base-uri 'none'; frame-ancestors 'none'`,
  "content-type": "text/html; charset=utf-8",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** Asks for a name and a password; the form is sent to the address of the page. */
export function signInPage(tenantId: string, failed?: { readonly username: string }): Promise<string> {
  const alert = failed === undefined ? "" : html`<p role="alert">This name and password do not belong together.</p>`;
  return page(
    `Sign in to ${tenantId}`,
    html`${alert}
      <form method="post">
        <label for="username">User name</label>
        <input
          id="username"
          name="username"
          value="${failed?.username ?? ""}"
          autocomplete="username"
          autocapitalize="none"
          required
          autofocus
        />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button type="submit">Sign in</button>
      </form>`,
  );
}

/** What a client wants to be allowed. */
export interface ConsentRequest {
  readonly tenantId: string;
  readonly client: string;
  /** Where the answer goes. */
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

/** Asks whether a client may have what it wants. */
export function consentPage({ tenantId, client, redirectUri, scopes }: ConsentRequest): Promise<string> {
  return page(
    `Allow access to ${tenantId}?`,
    html`<p><strong>${client}</strong> asks for access in your name. The answer goes to ${redirectUri}.</p>
      <ul>
        ${scopes.map((it) => html`<li>${it}</li>`)}
      </ul>
      <form method="post">
        <button type="submit" name="decision" value="allow" autofocus>Allow</button>
        <button type="submit" name="decision" value="deny">Deny</button>
      </form>`,
  );
}

/** Says why there is nothing to sign in to. */
export function failurePage(reason: string): Promise<string> {
  return page("This cannot go on", html`<p role="alert">${reason}</p>`);
}

async function page(title: string, content: ReturnType<typeof html>): Promise<string> {
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
  return document.toString();
}
