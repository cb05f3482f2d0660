import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gatewayOf, reader } from "../sandbox/data-plane/check/callers.ts";
import { LOCAL_STACKS, localTenants } from "../sandbox/data-plane/local-tenants.ts";
import { startPlatform } from "../sandbox/data-plane/platform.ts";
import { planStacks } from "../tools/offline-planner/plan.ts";
import { chat, tools } from "./soak/channels/asking-channels.ts";
import type { Channel } from "./soak/channels/channel.ts";
import { batches, events, orders } from "./soak/channels/partner-channels.ts";
import { databaseIn } from "./soak/platform.ts";
import { target } from "./support/target.ts";

/**
 * All channels of a laptop's platform at once, while PostgreSQL is killed each minute: is anything lost, or done twice?
 * `node bench/channels-soak.ts [--seconds 300] [--percent 100]`; 100 % is some 15 requests a second, and what follows from them.
 */
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "300" }, percent: { type: "string", default: "100" } },
});
const [seconds, percent] = [Number(values.seconds), Number(values.percent)];
if (!(seconds >= 10 && percent > 0)) throw new RangeError("--seconds must be 10 or more, and --percent more than 0");
const KILLED_EACH_MS = 60_000;
const [PARTNERS_TENANT, CONSUMERS_TENANT] = ["xyz-gmbh", "acme-corp"];

const root = mkdtempSync(path.join(tmpdir(), "alicerce-channels-"));
const temporary = path.join(root, "tmp");
mkdirSync(temporary);
// PostgreSQL does not run as root: it must get there.
chmodSync(root, 0o755);
chmodSync(temporary, 0o1777);
process.env["TMPDIR"] = temporary;
process.once("exit", () => rmSync(root, { recursive: true, force: true }));

const tenants = localTenants((await planStacks(LOCAL_STACKS, { preview: "known" })).map((it) => it.plan));
const silent = (): void => undefined;
const platform = await startPlatform({
  tenants,
  premiseReport: {},
  folder: path.join(root, "platform"),
  software: { kind: "embedded" },
  onStep: silent,
  onProblem: (it) => process.stderr.write(`${it}\n`),
});
try {
  await soak();
} finally {
  await platform.stop();
}

async function soak(): Promise<void> {
  const partners = platform.partnerBffs.find((it) => it.tenant === PARTNERS_TENANT);
  const consumers = platform.consumerBffs.find((it) => it.tenant === CONSUMERS_TENANT);
  const [partner, other] = partners?.partners ?? [];
  if (partners === undefined || partner === undefined || other === undefined || consumers === undefined)
    throw new TypeError("the local tenants have no partners or no consumers");
  const heard = await events(partners, other);
  const client = reader(gatewayOf(platform, CONSUMERS_TENANT, "b2c"));
  const channels = [orders(partners, partner), heard, batches(partners, other), await chat(consumers), tools(client)];
  const failed = await loaded(channels);
  for (const it of channels) {
    const { sent, lost, doubled } = await it.account();
    process.stdout.write(`${String(sent).padStart(6)}  ${it.name}\n`);
    target(`${it.name}: lost`, lost, 0, "");
    target(`${it.name}: done twice`, doubled, 0, "");
  }
  target("what nobody took within a minute and a half", failed.length, 0, "");
  for (const it of failed.slice(0, 5)) process.stdout.write(`       ${String(it)}\n`);
  await heard.stop();
  await client.close();
}

/** Sends on each channel at its own pace, kills the database each minute, and waits for what is on its way. */
async function loaded(channels: readonly Channel[]): Promise<readonly unknown[]> {
  const failed: unknown[] = [];
  const pending = new Set<Promise<void>>();
  const timers = channels.map((channel) => {
    let number = 0;
    return setInterval(
      () => {
        const sending = channel
          .send(++number)
          .catch(
            (error: unknown) =>
              void failed.push(`${channel.name}: ${String(error)}; ${String((error as Error).cause)}`),
          )
          .finally(() => pending.delete(sending));
        pending.add(sending);
      },
      (channel.everyMs * 100) / percent,
    );
  });
  timers.push(setInterval(killDatabase, KILLED_EACH_MS));
  setTimeout(killDatabase, KILLED_EACH_MS / 4);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  for (const it of timers) clearInterval(it);
  await Promise.all(pending);
  return failed;
}

function killDatabase(): void {
  const server = databaseIn(temporary);
  if (server === undefined) return;
  process.stdout.write(`PostgreSQL (process ${server}) is killed\n`);
  process.kill(server, "SIGKILL");
}
