import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { giveBack } from "./kept-ports.ts";

/** Listens for this machine only, and tells the port: a free one unless it is given, by `keepPort` or otherwise. */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  await giveBack(port);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Ends a server with all of its connections. */
export async function endServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
