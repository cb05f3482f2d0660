import type { McpHost } from "./listener.ts";

/** Runs a host as its process: on AgentCore's port, until the platform ends it. */
export async function serve(host: McpHost, port = 8000): Promise<void> {
  await host.listen(port);
  const stop = () => void host.stop().then(() => process.exit(0));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
