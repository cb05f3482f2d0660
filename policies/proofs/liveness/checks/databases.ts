import type { Placed, Platform } from "../../../engine/platform.ts";
import { hostOf, type Host, variableOf } from "../../../facts/reach/host.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { mcpRuntimes } from "../../../facts/workloads.ts";

/** A server, or a function, that has a database, and how it names the database. */
export interface DatabaseClient {
  readonly host: Host;
  readonly placed: Placed;
  readonly databaseHost: string;
  readonly port: number;
  /** Absent where it logs in with the password of the database's first user, which a secret holds. */
  readonly user: string | undefined;
  /** The ARN of the secret with the database's keys. */
  readonly secret: string | undefined;
}

/** The MCP servers and the functions whose environment names the host of a database. */
export function databaseClients(platform: Platform): readonly DatabaseClient[] {
  return platform
    .ofType(...mcpRuntimes.types, TYPE.function)
    .filter(({ resource, stack }) => resource.type === TYPE.function || (mcpRuntimes.where?.(resource, stack) ?? true))
    .flatMap((placed): readonly DatabaseClient[] => {
      const host = hostOf(platform, placed);
      const databaseHost = variableOf(host, "DATABASE_HOST");
      if (databaseHost === undefined) return [];
      const port = Number(variableOf(host, "DATABASE_PORT") ?? "5432");
      const isFirst = variableOf(host, "DATABASE_MASTER_SECRET") !== undefined;
      const user = isFirst ? undefined : (variableOf(host, "DATABASE_USER") ?? "");
      return [{ host, placed, databaseHost, port, user, secret: variableOf(host, "DATABASE_SECRET") }];
    });
}
