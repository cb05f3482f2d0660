import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { FREE_RANGE } from "../../sandbox/data-plane/kept-ports.ts";

/** The first of `count` ports in a row on loopback, none of which is taken. */
export async function freePorts(count = 1): Promise<number> {
  for (;;) {
    const first = randomInt(FREE_RANGE.least, FREE_RANGE.most - count);
    const servers = await Promise.all(Array.from({ length: count }, (_, i) => listenAt(first + i)));
    await Promise.all(servers.map(closed));
    if (servers.every((it) => it !== undefined)) return first;
  }
}

/** A server on a port of loopback; `undefined` where that is taken. */
export function listenAt(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined)).listen(port, "127.0.0.1", () => resolve(server));
  });
}

async function closed(server: Server | undefined): Promise<void> {
  if (server === undefined) return;
  server.close();
  await once(server, "close");
}
