import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:net";

/** Below the ports that systems give to whoever asks for any (from 32768 on Linux, from 49152 elsewhere): no program takes one by chance. */
export const FREE_RANGE = { least: 20_000, most: 32_000 } as const;

const kept = new Map<number, Server>();

/**
 * Takes a port of loopback whose address must be known before its server can be made: `wanted`, or one that is free. No other program
 * gets it until `giveBack`. Rejects with `EADDRINUSE` where `wanted` is taken.
 */
export async function keepPort(wanted?: number): Promise<number> {
  for (;;) {
    const port = wanted ?? randomInt(FREE_RANGE.least, FREE_RANGE.most);
    try {
      kept.set(port, await listening(port));
      return port;
    } catch (error) {
      if (wanted !== undefined || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
}

/** Frees a kept port, for the server that listens there next; does nothing to others. */
export async function giveBack(port: number): Promise<void> {
  const server = kept.get(port);
  if (server === undefined) return;
  kept.delete(port);
  server.close();
  await once(server, "close");
}

async function listening(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy())
    .listen(port, "127.0.0.1")
    .unref();
  await once(server, "listening");
  return server;
}
