import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { McpHost } from "../../services/libraries/mcp-host/http/listener.ts";

const SERVICES = path.resolve(import.meta.dirname, "../../services/mcp");
const END_MS = 5_000;

/**
 * A server that is not one of the shipped four runs as its own process, as in the cloud: what it needs besides the host's
 * configuration it finds in the environment in which the platform was started.
 */
export function startOwnServer(service: string, environment: Readonly<Record<string, unknown>>): McpHost {
  let end = (): Promise<void> => Promise.resolve();
  return {
    listen: async (port = 0) => {
      const variables = Object.entries({ ...environment, PORT: port }).map(([name, it]) => [name, String(it)] as const);
      const child = spawn(process.execPath, [path.join(SERVICES, service, "index.ts")], {
        env: { ...process.env, ...Object.fromEntries(variables) },
        stdio: ["ignore", "pipe", "inherit"],
      });
      end = async () => {
        if (child.exitCode !== null) return;
        const timer = setTimeout(() => child.kill("SIGKILL"), END_MS);
        const exit = once(child, "exit");
        child.kill();
        await exit;
        clearTimeout(timer);
      };
      process.once("exit", () => child.kill("SIGKILL"));
      return listeningPort(service, createInterface(child.stdout));
    },
    stop: () => end(),
  };
}

/** The port that the server's log names; throws if it ends before. */
async function listeningPort(service: string, lines: AsyncIterable<string>): Promise<number> {
  for await (const line of lines) {
    const { port } = JSON.parse(line) as { readonly port?: unknown };
    if (typeof port === "number") return port;
  }
  throw new Error(`the MCP server "${service}" ended before it listened: its log above says why`);
}
