import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { returnAddress } from "../../../../services/bff/b2c/sign-in/return-address.ts";
import { Browser } from "./browser.ts";
import { type ConsumerBffs, type ConsumerBffUnderTest, startConsumerBffs } from "./consumer-bff.ts";

let bffs: ConsumerBffs;
let acme: ConsumerBffUnderTest;
let other: ConsumerBffUnderTest;

beforeAll(async () => {
  bffs = await startConsumerBffs("http://127.0.0.1:9/", {
    environment: { ANONYMOUS_PER_HOUR: "1000", SIGN_IN_PROVIDERS: '["Google","Clube-Lumina"]' },
  });
  acme = bffs.of("acme");
  other = bffs.of("other");
});

afterAll(() => bffs.stop());

const SESSION = "__Host-acme-session";

const without = (headers: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([it]) => it !== name));

async function isSignedIn(browser: Browser, bff = acme): Promise<boolean> {
  const response = await browser.fetch(`${bff.origin}/v1/session`);
  return ((await response.json()) as { isSignedIn: boolean }).isSignedIn;
}

describe("signing in", () => {
  test("by code and PKCE at the tenant's pool; the browser holds a cookie and no token", async () => {
    const browser = new Browser();
    const back = await browser.signIn(acme, { returnTo: "/#privacy" });
    expect([back.status, back.headers.get("location")]).toEqual([303, "/#privacy"]);
    const [cookie = ""] = back.headers.getSetCookie().filter((it) => it.startsWith(SESSION));
    for (const attribute of ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"]) expect(cookie).toContain(attribute);
    expect(cookie).not.toMatch(/domain=/i);
    expect([...browser.cookies.keys()]).toEqual([SESSION]);
    const session = await browser.fetch(`${acme.origin}/v1/session`);
    expect(session.headers.get("cache-control")).toBe("no-store");
    expect(await session.text()).not.toMatch(/eyJ[\w-]+\./);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test("the store holds no value that could be used as a cookie", async () => {
    const browser = new Browser();
    await browser.signIn(acme, { username: "bruno" });
    const cookie = browser.cookies.get(SESSION)!;
    expect(await acme.records.get("session", cookie)).toBeUndefined();
  });

  test("a visitor is nobody", async () => {
    const browser = new Browser();
    expect(await isSignedIn(browser)).toBe(false);
    const response = await browser.fetch(`${acme.origin}/v1/me/preferences`);
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });

  test("signing out ends the session here and its refresh token at the pool", async () => {
    const browser = new Browser();
    await browser.signIn(acme);
    const cookie = browser.cookies.get(SESSION)!;
    const headers = await browser.pageHeaders(acme);
    const out = await browser.fetch(`${acme.origin}/sign-out`, { method: "POST", headers });
    expect(out.status).toBe(204);
    expect(browser.cookies.has(SESSION)).toBe(false);
    browser.cookies.set(SESSION, cookie);
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe("providers beside the pool", () => {
  const location = async (query: string): Promise<URL> => {
    const response = await new Browser().fetch(`${acme.origin}/sign-in${query}`);
    return new URL(response.headers.get("location")!);
  };

  test("are offered to visitors, and asked for at the pool", async () => {
    const session = await new Browser().fetch(`${acme.origin}/v1/session`);
    expect(await session.json()).toMatchObject({ isSignedIn: false, signInProviders: ["Google", "Clube-Lumina"] });
    expect((await location("?with=Google")).searchParams.get("identity_provider")).toBe("Google");
    expect((await location("?with=Google")).href.startsWith(acme.pool.issuer)).toBe(true);
    expect((await location("")).searchParams.has("identity_provider")).toBe(false);
  });

  test.each(["Facebook", "google", "COGNITO", "", "Google%26prompt%3Dnone"])(
    "are those of the tenant alone: not “%s”",
    async (name) => {
      const response = await new Browser().fetch(`${acme.origin}/sign-in?with=${name}`);
      expect([response.status, response.headers.get("location")]).toEqual([404, null]);
    },
  );
});

describe("session fixation", () => {
  test("a cookie that somebody planted is replaced by signing in, and never becomes a session", async () => {
    const browser = new Browser();
    const planted = "A".repeat(43);
    browser.cookies.set(SESSION, planted);
    await browser.signIn(acme);
    expect(browser.cookies.get(SESSION)).not.toBe(planted);
    const attacker = new Browser();
    attacker.cookies.set(SESSION, planted);
    expect(await isSignedIn(attacker)).toBe(false);
  });

  test("signing in again ends the session before", async () => {
    const browser = new Browser();
    await browser.signIn(acme);
    const before = browser.cookies.get(SESSION)!;
    await browser.signIn(acme, { username: "bruno" });
    const attacker = new Browser();
    attacker.cookies.set(SESSION, before);
    expect(await isSignedIn(attacker)).toBe(false);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test("a code that an attacker obtained signs nobody else in (login CSRF)", async () => {
    const attacker = new Browser();
    const begun = await attacker.fetch(`${acme.origin}/sign-in`);
    const link = await attacker.signInAtPool(acme, begun.headers.get("location")!);
    const victim = new Browser();
    await victim.fetch(`${acme.origin}/sign-in`);
    const back = await victim.fetch(link);
    expect(back.headers.get("location")).toBe("/?sign-in=failed");
    expect(await isSignedIn(victim)).toBe(false);
  });

  test("an answer of the pool is good once", async () => {
    const browser = new Browser();
    const begun = await browser.fetch(`${acme.origin}/sign-in`);
    const cookies = new Map(browser.cookies);
    const link = await browser.signInAtPool(acme, begun.headers.get("location")!);
    await browser.fetch(link);
    const again = new Browser();
    for (const [name, value] of cookies) again.cookies.set(name, value);
    await again.fetch(link);
    expect(await isSignedIn(again)).toBe(false);
  });
});

describe("what another site makes a browser send", () => {
  const changes: [string, (own: Record<string, string>) => Record<string, string>][] = [
    ["nothing that our page knows", () => ({ "content-type": "application/json" })],
    ["another origin", (own) => ({ ...own, origin: "https://evil.example", "sec-fetch-site": "cross-site" })],
    ["a neighbour of the same site", (own) => ({ ...own, "sec-fetch-site": "same-site" })],
    ["our origin, without the session's word", (own) => without(own, "x-csrf-token")],
    ["a word that is guessed", (own) => ({ ...own, "x-csrf-token": "x".repeat(43) })],
    ["no origin", (own) => without(own, "origin")],
  ];

  test.each(changes)("%s changes nothing", async (_name, changed) => {
    const browser = new Browser();
    await browser.signIn(acme);
    const headers = changed(await browser.pageHeaders(acme));
    const body = '{"language":"en"}';
    const response = await browser.fetch(`${acme.origin}/v1/me/preferences`, { method: "PUT", headers, body });
    expect(response.status).toBe(403);
    expect(await (await browser.fetch(`${acme.origin}/v1/me/preferences`)).json()).toEqual({});
    const out = await browser.fetch(`${acme.origin}/sign-out`, { method: "POST", headers });
    expect(out.status).toBe(403);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test("what our own page sends is done", async () => {
    const browser = new Browser();
    await browser.signIn(acme, { username: "bruno" });
    const headers = await browser.pageHeaders(acme);
    const body = '{"language":"en"}';
    const response = await browser.fetch(`${acme.origin}/v1/me/preferences`, { method: "PUT", headers, body });
    expect(response.status).toBe(200);
  });

  test.each([
    ["https://shop.myapp.com", "https://shop.myapp.com"],
    ["https://a.b.myapp.com", "https://a.b.myapp.com"],
    ["https://myapp.com.evil.example", null],
    ["https://evilmyapp.com", null],
    ["http://shop.myapp.com", null],
    ["https://evil.example/.myapp.com", null],
    ["null", null],
  ])("a page of %s may read answers: %s, and never with cookies", async (origin, allowed) => {
    const headers = { origin, "access-control-request-method": "POST" };
    const { headers: answer } = await fetch(`${acme.origin}/v1/chat`, { method: "OPTIONS", headers });
    expect(answer.get("access-control-allow-origin")).toBe(allowed);
    expect(answer.get("access-control-allow-credentials")).toBeNull();
  });
});

describe("sessions of another tenant", () => {
  test("are nobody's here", async () => {
    const browser = new Browser();
    await browser.signIn(acme);
    const stolen = browser.cookies.get(SESSION)!;
    const attacker = new Browser();
    attacker.cookies.set("__Host-other-session", stolen);
    expect(await isSignedIn(attacker, other)).toBe(false);
  });

  test("and signing in at two tenants on one host keeps them apart", async () => {
    const browser = new Browser();
    await browser.signIn(acme);
    await browser.signIn(other, { username: "bruno" });
    expect([await isSignedIn(browser, acme), await isSignedIn(browser, other)]).toEqual([true, true]);
  });
});

describe("open redirects", () => {
  test.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/path\r\nset-cookie: a=b",
    "/%0d%0a\u0000",
    "evil",
    `/${"a".repeat(600)}`,
    "/.//evil.example",
  ])("%j leads to the start page", (asked) => {
    const address = returnAddress(asked);
    expect(new URL(address, acme.origin).origin).toBe(acme.origin);
    if (asked !== "/.//evil.example") expect(address).toBe("/");
  });

  test.each(["/", "/#privacy", "/chat?thread=1"])("%j is kept", (asked) => {
    expect(returnAddress(asked)).toBe(asked);
  });
});
