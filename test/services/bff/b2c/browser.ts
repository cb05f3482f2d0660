import type { ConsumerBffUnderTest } from "./consumer-bff.ts";

/** What is sent beside cookies. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** A browser as far as cookies and origins go: it keeps cookies of one host whatever the port, as browsers do. */
export class Browser {
  readonly cookies = new Map<string, string>();

  async fetch(url: string | URL, init: Sent = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie !== "" && { cookie }), ...init.headers };
    const response = await fetch(url, { redirect: "manual", ...init, headers });
    for (const it of response.headers.getSetCookie()) this.keep(it);
    return response;
  }

  /** Goes to the sign-in, signs in at the pool, and comes back; answers with the last response of the BFF. */
  async signIn(bff: ConsumerBffUnderTest, { username = "alice", returnTo = "" } = {}): Promise<Response> {
    const begun = await this.fetch(
      `${bff.origin}/sign-in${returnTo === "" ? "" : `?return=${encodeURIComponent(returnTo)}`}`,
    );
    return this.fetch(await this.signInAtPool(bff, begun.headers.get("location")!, username));
  }

  /** Signs in at the pool, and answers with the address to which it sends the browser back. */
  async signInAtPool(bff: ConsumerBffUnderTest, authorizationUrl: string, username = "alice"): Promise<string> {
    const login = await fetch(authorizationUrl, { redirect: "manual" });
    const body = new URLSearchParams({ username, password: bff.password });
    const back = await fetch(login.headers.get("location")!, { method: "POST", body, redirect: "manual" });
    return back.headers.get("location")!;
  }

  /** What a page of the BFF itself sends along when it changes something. */
  async pageHeaders(bff: ConsumerBffUnderTest): Promise<Record<string, string>> {
    const { csrfToken } = (await (await this.fetch(`${bff.origin}/v1/session`)).json()) as { csrfToken: string };
    return {
      origin: bff.origin,
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
      "x-csrf-token": csrfToken,
    };
  }

  private keep(header: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (value === "" || /max-age=0/i.test(header)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
