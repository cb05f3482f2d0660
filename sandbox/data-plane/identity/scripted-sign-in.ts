/** Who signs in, and where it must end. */
export interface ScriptedSignIn {
  /** The authorization request. */
  readonly url: URL;
  readonly username: string;
  readonly password: string;
  /** What the address at the end begins with. */
  readonly redirectUri: string;
}

const MOST_STEPS = 12;

/**
 * Does what a person with a browser does: opens the authorization request, signs in, allows what is asked, and answers with
 * the address to which the browser is sent in the end. Throws with what the last page said when it does not get there.
 */
export async function scriptedSignIn({ url, redirectUri, ...person }: ScriptedSignIn): Promise<URL> {
  const browser = new Browser();
  let page = await browser.open(new Request(url));
  let isSignedIn = false;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (page instanceof URL) {
      if (page.href.startsWith(redirectUri)) return page;
      page = await browser.open(new Request(page));
      continue;
    }
    const form = page.isFine ? formIn(page) : undefined;
    const asksWho = form?.fields.some((it) => it.name === "password") === true;
    if (form === undefined || (asksWho && isSignedIn)) throw new Error(`${page.url} says: ${wordsOf(page.text)}`);
    isSignedIn ||= asksWho;
    page = await browser.open(filled(form, person));
  }
  throw new Error(`no end after ${MOST_STEPS} steps`);
}

interface Page {
  readonly url: string;
  readonly isFine: boolean;
  readonly text: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

interface Form {
  readonly action: URL;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** Keeps cookies of one host, each for its path: realms on one server give theirs the same names. */
class Browser {
  private readonly cookies: Cookie[] = [];

  /** Answers with the page, or with the address to which it redirects. */
  async open(request: Request): Promise<Page | URL> {
    request.headers.set("accept", "text/html");
    const { pathname } = new URL(request.url);
    const own = this.cookies.filter(({ path }) => pathname.startsWith(path));
    request.headers.set("cookie", own.map(({ name, value }) => `${name}=${value}`).join("; "));
    const response = await fetch(request, { redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const location = response.headers.get("location");
    if (location !== null) return new URL(location, request.url);
    return { url: request.url, isFine: response.ok, text: await response.text() };
  }

  private keep(cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const [, path = "/"] = /;\s*path=([^;]*)/i.exec(cookie) ?? [];
    const known = this.cookies.findIndex((it) => it.name === name && it.path === path);
    if (known !== -1) this.cookies.splice(known, 1);
    if (value !== "") this.cookies.push({ name, value, path });
  }
}

/** The first form, with all of its fields and the first of its buttons. */
function formIn({ text, url }: Page): Form | undefined {
  const [, start = "", content = ""] = /<form\b([^>]*)>(.*?)<\/form>/s.exec(text) ?? [];
  if (content === "") return undefined;
  const fields = [...content.matchAll(/<input\b([^>]*)>/gs)].map(([, tag = ""]) => tag);
  const [, button] = /<(?:button\b|input\b(?=[^>]*type="submit"))([^>]*)>/s.exec(content) ?? [];
  const sent = [...fields.filter((it) => attribute(it, "type") !== "submit"), button ?? ""];
  return {
    action: new URL(attribute(start, "action") || url, url),
    fields: sent.map((it) => ({ name: attribute(it, "name"), value: attribute(it, "value") })),
  };
}

function filled({ action, fields }: Form, person: { readonly username: string; readonly password: string }): Request {
  const body = new URLSearchParams();
  for (const { name, value } of fields) {
    if (name === "username" || name === "password") body.set(name, person[name]);
    else if (name !== "") body.append(name, value);
  }
  return new Request(action, { method: "POST", body });
}

const ENTITIES: { readonly [entity: string]: string } = { "&amp;": "&", "&quot;": '"', "&#39;": "'", "&lt;": "<" };

function attribute(tag: string, name: string): string {
  const [, value = ""] = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag) ?? [];
  return value.replace(/&(?:amp|quot|#39|lt);/g, (it) => ENTITIES[it] ?? it);
}

function wordsOf(text: string): string {
  const body = text.replace(/<(script|style|head)\b.*?<\/\1>/gs, "").replace(/<[^>]*>/g, " ");
  return body.replace(/\s+/g, " ").trim().slice(0, 300);
}
