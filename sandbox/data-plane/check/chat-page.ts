import { z } from "zod";
import { scriptedSignIn } from "../identity/scripted-sign-in.ts";
import type { LocalConsumerBff } from "../bff/b2c.ts";
import type { Platform } from "../platform.ts";
import { expected, holds, type Walk } from "./walk.ts";

const session = z.object({ isSignedIn: z.boolean(), tenant: z.string(), csrfToken: z.string().optional() });

/** Walks the chat of a tenant's consumers as one of them: the page, the sign-in, consent and one's own data. */
export async function walksTheChat(walk: Walk, platform: Platform, tenant: string): Promise<void> {
  const bff = platform.consumerBffs.find((it) => it.tenant === tenant);
  if (bff === undefined) throw new TypeError(`${tenant} has no BFF for consumers`);
  const visitor = new Visitor(bff);
  await walk.step("the chat page comes with a policy that runs no foreign script", async () => {
    const response = await visitor.fetch("/");
    const policy = response.headers.get("content-security-policy") ?? "";
    holds(response.ok && policy.includes("script-src 'self';"), `status ${response.status}, ${policy}`);
    return bff.url;
  });
  await walk.step("a visitor who has not signed in reads nothing", async () => {
    const { status } = await visitor.fetch("/v1/me/data");
    expected(status, 401, "status");
    return String(status);
  });
  await walk.step("a consumer signs in at the tenant's pool, and the browser gets a cookie and no token", async () => {
    const words = await visitor.signIn();
    holds(!words.includes("eyJ"), "a token is shown");
    return words;
  });
  await walk.step("what another site would send in the consumer's name changes nothing", async () => {
    const { status } = await visitor.fetch("/v1/me/data?confirm=yes", "DELETE", { origin: "https://example.com" });
    expected(status, 403, "status");
    return String(status);
  });
  await walk.step("the consumer's data are shown and deleted, and the session with them", async () => {
    expected((await visitor.fetch("/v1/me/data")).status, 200, "status");
    const deleted = await visitor.fetch("/v1/me/data?confirm=yes", "DELETE", visitor.ownPage());
    expected(deleted.status, 200, "status");
    expected((await visitor.fetch("/v1/me/data")).status, 401, "status");
    return deleted.text();
  });
}

/** A browser, as far as cookies go. */
class Visitor {
  private readonly bff: LocalConsumerBff;
  private readonly cookies = new Map<string, string>();
  private csrfToken = "";

  constructor(bff: LocalConsumerBff) {
    this.bff = bff;
  }

  async fetch(path: string, method = "GET", headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const url = new URL(path, this.bff.url);
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

  ownPage(): Readonly<Record<string, string>> {
    return { origin: this.bff.url, "x-csrf-token": this.csrfToken };
  }
}
