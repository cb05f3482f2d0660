import type { Placed, Platform } from "../../../engine/platform.ts";
import { hostOf, type Host, variableOf } from "../../../facts/reach/host.ts";
import { mcpRuntimes } from "../../../facts/workloads.ts";

/** A server that has a database, and how it names the database. */
export interface DatabaseClient {
  readonly host: Host;
  readonly placed: Placed;
  readonly databaseHost: string;
  readonly port: number;
  readonly user: string;
  /** The ARN of the secret with the database's keys. */
  readonly secret: string | undefined;
}

/** The MCP servers whose environment names the host of a database. */
export function databaseClients(platform: Platform): readonly DatabaseClient[] {
  return platform
    .ofType(...mcpRuntimes.types)
    .filter(({ resource, stack }) => mcpRuntimes.where?.(resource, stack) ?? true)
    .flatMap((placed): readonly DatabaseClient[] => {
      const host = hostOf(platform, placed);
      const databaseHost = variableOf(host, "DATABASE_HOST");
      if (databaseHost === undefined) return [];
      const port = Number(variableOf(host, "DATABASE_PORT") ?? "5432");
      const user = variableOf(host, "DATABASE_USER") ?? "";
      return [{ host, placed, databaseHost, port, user, secret: variableOf(host, "DATABASE_SECRET") }];
    });
}
