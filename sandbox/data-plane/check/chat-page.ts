import type { LocalConsumerBff } from "../bff/b2c.ts";
import type { Platform } from "../platform.ts";
import { Visitor } from "./visitor.ts";
import { expected, holds, type Walk } from "./walk.ts";

/** Walks the chat of a tenant's consumers as one of them: the page, the sign-in, consent and one's own data. */
export async function walksTheChat(walk: Walk, platform: Platform, tenant: string): Promise<void> {
  const bff = platform.consumerBffs.find((it) => it.tenant === tenant);
  if (bff === undefined) throw new TypeError(`${tenant} has no BFF for consumers`);
  const visitor = new Visitor(bff);
  await comesIn(walk, visitor, bff);
  await talks(walk, visitor, bff);
  await leaves(walk, visitor);
}

async function comesIn(walk: Walk, visitor: Visitor, bff: LocalConsumerBff): Promise<void> {
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
}

async function talks(walk: Walk, visitor: Visitor, bff: LocalConsumerBff): Promise<void> {
  await walk.step("the consumer asks about orders, and sees which tools ran and why they were allowed", async () => {
    const events = await visitor.ask("Where is my order?");
    const types = events.map((it) => it.type);
    if (!bff.hasAgents) {
      expected(events.at(-1)?.code, "ERR_AGENT_UNAVAILABLE", "code");
      return `no agent runs here, and the chat says so: ${types.join(" ")}`;
    }
    holds(types.includes("TOOL_CALL_RESULT"), `no tool ran: ${types.join(" ")}`);
    holds(
      events.some((it) => it.name === "alicerce.tool-allowed"),
      "it is not said why a tool was allowed",
    );
    expected(types.at(-1), "RUN_FINISHED", "the last event");
    return events.map((it) => it.delta ?? "").join("");
  });
}

async function leaves(walk: Walk, visitor: Visitor): Promise<void> {
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
