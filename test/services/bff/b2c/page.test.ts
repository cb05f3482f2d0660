import { mkdir } from "node:fs/promises";
import path from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundledPage } from "../../../../services/bff/b2c/page-bundle.ts";
import { chromiumPath } from "./chromium.ts";
import { type ConsumerBffs, type ConsumerBffUnderTest, startConsumerBffs } from "./consumer-bff.ts";
import { scriptedAgent } from "./scripted-agent.ts";

const executablePath = chromiumPath();

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(executablePath === undefined)("the chat page in Chromium", () => {
  let agent: Awaited<ReturnType<typeof scriptedAgent>>;
  let bffs: ConsumerBffs;
  let acme: ConsumerBffUnderTest;
  let browser: Browser;

  beforeAll(async () => {
    agent = await scriptedAgent();
    const environment = {
      ANSWERS_FROM: "scripted-model",
      ANONYMOUS_PER_HOUR: "1000",
      SIGN_IN_PROVIDERS: '["Google","SignInWithApple"]',
    } as const;
    bffs = await startConsumerBffs(agent.url, { environment, needs: { page: await bundledPage() } });
    acme = bffs.of("acme");
    browser = await chromium.launch({ executablePath: executablePath! });
  });

  afterAll(async () => {
    await browser.close();
    await bffs.stop();
    await agent.close();
  });

  /** A page of a browser of its own, and what it had to complain about. */
  async function opened(options: Parameters<Browser["newContext"]>[0] = {}) {
    const context = await browser.newContext({ locale: "en-US", viewport: { width: 900, height: 720 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (it) => {
      if (it.type() === "error") complaints.push(it.text());
    });
    page.on("pageerror", (it) => void complaints.push(it.message));
    page.on("request", (it) => {
      const { origin } = new URL(it.url());
      if (it.url().startsWith("http") && origin !== acme.origin && !acme.pool.issuer.startsWith(origin))
        complaints.push(`asked ${origin}`);
    });
    await page.goto(acme.origin);
    await page.waitForSelector("h1");
    return { page, complaints, close: () => context.close() };
  }

  async function signIn(page: Page): Promise<void> {
    await page.locator('a[href="/sign-in"]').click();
    await page.fill("#username", "alice");
    await page.fill("#password", acme.password);
    await page.click("button[type=submit]");
    await page.waitForSelector("#message");
  }

  async function ask(page: Page, text: string): Promise<void> {
    await page.fill("#message", text);
    await page.press("#message", "Enter");
  }

  /** What is not accessible (WCAG 2.2 AA, best practices). The page's own policy forbids scripts of others, so axe runs outside of the page's world. */
  async function inaccessible(page: Page): Promise<readonly string[]> {
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
    const contextId = world.executionContextId;
    await session.send("Runtime.evaluate", { contextId, expression: axe.source });
    const { result } = await session.send("Runtime.evaluate", {
      contextId,
      expression: "axe.run().then((it) => JSON.stringify(it.violations))",
      awaitPromise: true,
      returnByValue: true,
    });
    const findings = JSON.parse(String(result.value)) as readonly Finding[];
    return findings.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(" ")}`);
  }

  test.each(["light", "dark"] as const)(
    "talks, and shows which tools ran and why they were allowed (%s)",
    async (theme) => {
      const { page, complaints, close } = await opened({ colorScheme: theme });
      expect(await inaccessible(page)).toEqual([]);
      await signIn(page);
      expect(await page.title()).toBe("Chat with acme");
      await ask(page, "Where is my order?");
      await page.waitForSelector("text=It left today.");
      const tools = await page.locator(".tools").innerText();
      expect(tools).toContain("orders_getOrder");
      expect(tools).toContain("done in 4 ms");
      expect(tools).toContain("Allowed because you and the agent “customer-support” both hold “mcp:read” at b2c.");
      expect(await page.locator("main").first().innerText()).toContain("scripted model");
      expect(await inaccessible(page)).toEqual([]);
      const folder = process.env["SCREENSHOTS"];
      if (folder !== undefined) {
        await mkdir(folder, { recursive: true });
        await page.screenshot({ path: path.join(folder, `chat-${theme}.png`) });
      }
      await page.getByRole("button", { name: "Privacy" }).click();
      await page.waitForSelector("#consents");
      expect(await inaccessible(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  test("offers the tenant's providers by what people call them", async () => {
    const { page, close } = await opened();
    const links = await page.locator("a.button").all();
    const offered = await Promise.all(
      links.map(async (it) => [(await it.innerText()).trim(), await it.getAttribute("href")]),
    );
    expect(offered).toEqual([
      ["Sign in", "/sign-in"],
      ["Sign in with Google", "/sign-in?with=Google"],
      ["Sign in with Apple", "/sign-in?with=SignInWithApple"],
    ]);
    await close();
  });

  test("shows what tools say as text, and runs none of it", async () => {
    const { page, complaints, close } = await opened();
    await signIn(page);
    await ask(page, "hostile");
    await page.waitForSelector("text=<script>");
    expect(await page.evaluate(() => "hacked" in globalThis)).toBe(false);
    expect(await page.locator(".message img, .message script").count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  test("would not run a script that got into it all the same", async () => {
    const { page, close } = await opened();
    const ran = await page.evaluate(`(() => {
      const it = document.createElement("img");
      try { it.setAttribute("onerror", "window.hacked = true"); } catch { return "refused"; }
      it.src = "data:image/png;base64,AAAA";
      document.body.append(it);
      return new Promise((resolve) => { it.addEventListener("error", () => setTimeout(() => resolve("hacked" in window), 0)); });
    })()`);
    expect([false, "refused"]).toContain(ran);
    await close();
  });

  test("holds no token where scripts could read it", async () => {
    const { page, close } = await opened();
    await signIn(page);
    const readable = await page.evaluate("document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })");
    expect(readable).toBe("{}");
    const cookies = await page.context().cookies(acme.origin);
    expect(cookies.filter((it) => it.name === "__Host-acme-session")).toMatchObject([
      { httpOnly: true, secure: true, sameSite: "Strict", path: "/" },
    ]);
    await close();
  });

  test("goes on after the last event when the connection breaks off", async () => {
    const { page, close } = await opened();
    await signIn(page);
    // What the network does: the answer is cut after its first 300 characters.
    await page.route("**/v1/chat", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).slice(0, 300) });
    });
    await ask(page, "Where is my order?");
    await page.waitForSelector("text=It left today.");
    expect(await page.locator(".tools li").count()).toBe(1);
    await close();
  });

  test("says why there is no answer, and stops when it is asked to", async () => {
    const { page, close } = await opened();
    await signIn(page);
    await ask(page, "fail");
    await page.waitForSelector("text=There is no answer: the agent could not answer");
    await ask(page, "wait");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.waitForSelector("text=Stopped.");
    await close();
  });

  test("speaks Portuguese to those who do, keeps what is agreed to, and deletes everything", async () => {
    const { page, close } = await opened({ locale: "pt-BR" });
    expect(await page.locator("html").getAttribute("lang")).toBe("pt-BR");
    await signIn(page);
    await page.getByRole("button", { name: "Privacidade" }).click();
    await page.getByLabel(/Guardar minhas conversas/).check();
    await page.waitForSelector("text=Salvo.");
    await page.getByRole("button", { name: "Voltar à conversa" }).click();
    await ask(page, "Onde está meu pedido?");
    await page.waitForSelector("text=It left today.");
    await page.getByRole("button", { name: "Privacidade" }).click();
    await page.waitForSelector("input:checked");
    expect(await page.getByLabel(/Guardar minhas conversas/).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Apagar meus dados" }).click();
    await page.getByRole("button", { name: "Sim, apagar tudo" }).click();
    await page.waitForSelector("text=Você saiu.");
    const kept = await acme.records.ofOwner("nobody");
    expect(kept).toEqual([]);
    await close();
  });

  test("is used by keyboard alone on a telephone's screen", async () => {
    const { page, close } = await opened({ viewport: { width: 360, height: 640 } });
    await signIn(page);
    expect(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(
      true,
    );
    await page.focus("#message");
    await page.keyboard.type("Where is my order?");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=It left today.");
    await close();
  });
});
