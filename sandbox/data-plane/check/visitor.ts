import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { LocalConsumerBff } from "../bff/b2c.ts";
import { scriptedSignIn } from "../identity/scripted-sign-in.ts";
import { holds } from "./walk.ts";

const event = z.object({
  type: z.string(),
  name: z.string().optional(),
  code: z.string().optional(),
  delta: z.string().optional(),
});
const session = z.object({ isSignedIn: z.boolean(), tenant: z.string(), csrfToken: z.string().optional() });

/** A browser of a consumer, as far as cookies go. */
export class Visitor {
  private readonly bff: LocalConsumerBff;
  private readonly cookies = new Map<string, string>();
  private csrfToken = "";

  constructor(bff: LocalConsumerBff) {
    this.bff = bff;
  }

  /** Asks the tenant's BFF, as a page of any site could. */
  async fetch(path: string, method = "GET", headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const url = new URL(path, this.bff.url);
    const cookie = this.cookieHeader();
    const response = await fetch(url, { method, redirect: "manual", headers: { cookie, ...headers } });
    for (const it of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(it) ?? [];
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Signs in as the first person, and answers with what the page is told then. */
  async signIn(): Promise<string> {
    const [person] = this.bff.people;
    const begun = (await this.fetch("/sign-in")).headers.get("location") ?? "";
    const { username = "", password = "" } = person ?? {};
    const redirectUri = `${this.bff.url}/sign-in/callback`;
    const back = await scriptedSignIn({ url: new URL(begun), username, password, redirectUri });
    await this.fetch(`${back.pathname}${back.search}`);
    const words = await (await this.fetch("/v1/session")).text();
    const { isSignedIn, csrfToken = "" } = session.parse(JSON.parse(words));
    holds(isSignedIn, words);
    this.csrfToken = csrfToken;
    return words.replace(csrfToken, "…");
  }

  /** Says something in the chat, and answers with the events of AG-UI. */
  async ask(content: string): Promise<readonly z.infer<typeof event>[]> {
    const runId = randomUUID();
    const response = await fetch(new URL("/v1/chat", this.bff.url), {
      method: "POST",
      headers: { ...this.ownPage(), cookie: this.cookieHeader(), "content-type": "application/json" },
      body: JSON.stringify({ threadId: runId, runId, messages: [{ id: runId, role: "user", content }] }),
    });
    const text = await response.text();
    return [...text.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => event.parse(JSON.parse(data)));
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** What only the BFF's own page can send. */
  ownPage(): Readonly<Record<string, string>> {
    return { origin: this.bff.url, "x-csrf-token": this.csrfToken };
  }
}
