import type { BffLog } from "../bff-environment.ts";
import type { BffServer } from "../bff-server.ts";

/** Runs a BFF as its process until the platform ends it: what is in flight then has the time that a server grants. */
export async function runUntilEnded(log: BffLog, start: () => Promise<BffServer>): Promise<void> {
  const server = await start();
  log.info({ port: server.port }, "listening");
  const end = (): void => void server.stop().then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}
