import type { NamedGrant } from "../../../contracts/server-needs.ts";
import type { McpServerNeeds } from "../../../components/compute/mcp-server.ts";
import { APIS_PREFIX } from "../../../environments/apis/apis-object.ts";
import type { Place } from "../../../components/place.ts";
import type { TenantStores } from "../data/stores.ts";
import { operationCalls, type Operations, operationStatements } from "./operations.ts";

/** What the grants of a server are made of. */
export interface GrantUpstream {
  readonly place: Place;
  readonly stores: TenantStores;
  readonly operations: Operations;
  /** What the server's contract says that it calls. */
  readonly awsCalls: readonly string[];
}

/** What a grant comes to, and which of the server's AWS calls it permits. */
interface Granted extends Partial<Pick<McpServerNeeds, "grants" | "statements" | "groupIds">> {
  readonly permits: readonly string[];
}

/** The grants of a service's server, by name, as permissions; throws a TypeError if the server calls what none of them permits. */
export function granted(
  service: string,
  grants: readonly NamedGrant[],
  upstream: GrantUpstream,
): Pick<McpServerNeeds, "grants" | "statements" | "groupIds"> {
  const all = grants.map((it) => grantedBy(it, upstream));
  const refused = upstream.awsCalls.filter((call) => !all.some((it) => it.permits.includes(call)));
  if (refused.length > 0)
    throw new TypeError(
      `nothing permits "${service}" to call ${refused.join(", ")}: name a grant in services/mcp/${service}/needs.ts that does ` +
        `(contracts/server-needs.ts has them all, infra/tenant/servers/operations.ts the calls of "operations")`,
    );
  const statements = all.flatMap((it) => it.statements ?? []);
  const groupIds = all.flatMap((it) => it.groupIds ?? []);
  return {
    grants: all.flatMap((it) => it.grants ?? []),
    ...(statements.length > 0 && { statements }),
    ...(groupIds.length > 0 && { groupIds }),
  };
}

function grantedBy(grant: NamedGrant, { place, stores, operations, awsCalls }: GrantUpstream): Granted {
  const { database, setup, credentials, bucket } = stores;
  switch (grant.name) {
    case "database-connect":
      return {
        permits: ["rds-db:connect"],
        grants: [(name, role) => database.grantConnect(name, role, grant.user)],
        groupIds: [database.clientGroupId],
      };
    case "database-keys":
      // The server reads them before any tool runs, so that no contract declares the call.
      return { permits: [], grants: [(name, role) => setup.grantKeys(name, role)] };
    case "api-credentials":
      return {
        permits: ["secretsmanager:GetSecretValue"],
        grants: [(name, role) => credentials.grantRead(name, role)],
      };
    case "api-documents":
      // As with the keys of the database, no tool calls it.
      return {
        permits: [],
        grants: [(name, role) => bucket.grantCalls(name, role, APIS_PREFIX, ["s3:GetObject", "kms:Decrypt"])],
      };
    case "bucket-objects": {
      const permits = awsCalls.filter((it) => ["s3", "kms"].includes(it.split(":", 1)[0] ?? ""));
      return { permits, grants: [(name, role) => bucket.grantCalls(name, role, grant.prefix, permits)] };
    }
    case "operations": {
      const permits = operationCalls(awsCalls);
      return { permits, statements: operationStatements(permits, operations, place) };
    }
  }
}
