import { once } from "node:events";
import net from "node:net";

/** The engine cannot reach its plugins: they talk over 127.0.0.1. */
export class LoopbackError extends Error {
  readonly code = "ERR_LOOPBACK";

  constructor(cause: unknown) {
    super(
      `127.0.0.1 cannot be reached (${cause instanceof Error ? cause.message : String(cause)}), over which the engine talks with ` +
        "its plugins: bring the loopback interface up (as root: ip link set lo up), then run the same command again",
      { cause },
    );
    this.name = "LoopbackError";
  }
}

/** Throws `LoopbackError` unless a connection within this machine succeeds; without one the engine would wait for long. */
export async function requireLoopback(): Promise<void> {
  const server = net.createServer((it) => it.end());
  try {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const connection = net.connect((server.address() as net.AddressInfo).port, "127.0.0.1");
    await once(connection, "connect");
    connection.destroy();
  } catch (error) {
    throw new LoopbackError(error);
  } finally {
    server.close();
  }
}
