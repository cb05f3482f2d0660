import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** Programs on this machine cannot reach each other; the message says how to change that. */
export class LoopbackError extends Error {
  readonly code = "ERR_LOOPBACK";

  constructor(options: ErrorOptions) {
    super(
      "this machine has no loopback interface, so nothing can be reached on 127.0.0.1: bring it up (Linux: ip link set lo up)",
      options,
    );
    this.name = "LoopbackError";
  }
}

/** Throws `LoopbackError` on a machine, or in a container, where 127.0.0.1 cannot be reached: one may listen there even so. */
export async function requireLoopback(): Promise<void> {
  const server = createServer((socket) => socket.destroy());
  try {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await once(socket, "connect");
    socket.destroy();
  } catch (cause) {
    throw new LoopbackError({ cause });
  } finally {
    server.close();
  }
}
