import type { LocalConsumerBff } from "../../../sandbox/data-plane/bff/b2c.ts";
import { Visitor } from "../../../sandbox/data-plane/check/visitor.ts";
import type { GatewayClient } from "../../../services/libraries/gateway-client/gateway-client.ts";
import { type Channel, untilTaken, wanted } from "./channel.ts";

/** A consumer's questions in the chat, each answered to its end. */
export async function chat(bff: LocalConsumerBff): Promise<Channel> {
  const visitor = new Visitor(bff);
  await visitor.signIn();
  let [sent, answered] = [0, 0];
  return {
    name: "questions in the chat",
    everyMs: 2_000,
    async send() {
      sent++;
      await untilTaken(async () => wanted((await visitor.ask("Where is my order?")).at(-1)?.type, "RUN_FINISHED"));
      answered++;
    },
    account: () => Promise.resolve({ sent, lost: sent - answered, doubled: 0 }),
  };
}

/** Calls of a tool by a machine at its gateway. */
export function tools(client: GatewayClient): Channel {
  let [sent, answered] = [0, 0];
  return {
    name: "calls of tools at a gateway",
    everyMs: 100,
    async send() {
      sent++;
      const sql = "SELECT id, name FROM business.customers ORDER BY id LIMIT 20";
      await untilTaken(async () =>
        wanted((await client.callTool("database___query", { sql })).isError ?? false, false),
      );
      answered++;
    },
    account: () => Promise.resolve({ sent, lost: sent - answered, doubled: 0 }),
  };
}
