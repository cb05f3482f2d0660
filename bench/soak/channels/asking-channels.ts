import type { LocalConsumerBff } from "../../../sandbox/data-plane/bff/b2c.ts";
import { Visitor } from "../../../sandbox/data-plane/check/visitor.ts";
import type { GatewayClient } from "../../../services/libraries/gateway-client/gateway-client.ts";
import { type Channel, untilTaken, wanted } from "./channel.ts";

/** A consumer's questions in the chat, each answered to its end. */
export async function chat(bff: LocalConsumerBff): Promise<Channel> {
  const visitor = new Visitor(bff);
  await visitor.signIn();
  return asking("questions in the chat", 2_000, async () =>
    wanted((await visitor.ask("Where is my order?")).at(-1)?.type, "RUN_FINISHED"),
  );
}

/** Calls of a tool by a machine at its gateway. */
export function tools(client: GatewayClient): Channel {
  const sql = "SELECT id, name FROM business.customers ORDER BY id LIMIT 20";
  return asking("calls of tools at a gateway", 100, async () =>
    wanted((await client.callTool("database___query", { sql })).isError ?? false, false),
  );
}

/** What changes nothing: it may be lost, and never doubled. */
function asking(name: string, everyMs: number, ask: () => Promise<void>): Channel {
  let [sent, answered] = [0, 0];
  return {
    name,
    everyMs,
    async send() {
      sent++;
      await untilTaken(ask);
      answered++;
    },
    account: () => Promise.resolve({ sent, lost: sent - answered, doubled: 0 }),
  };
}
