import { createServer } from "node:net";

/** Programs on this machine cannot reach each other; the message says how to change that. */
export class LoopbackError extends Error {
  readonly code = "ERR_LOOPBACK";

  constructor(options: ErrorOptions) {
    super(
      "this machine has no loopback interface, so nothing can listen on 127.0.0.1: bring it up (Linux: ip link set lo up)",
      options,
    );
    this.name = "LoopbackError";
  }
}

/** Throws `LoopbackError` on a machine, or in a container, where nothing can listen on 127.0.0.1. */
export async function requireLoopback(): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(new LoopbackError({ cause })));
    server.listen(0, "127.0.0.1", resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
