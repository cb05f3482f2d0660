import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { findBy } from "../../facts/reach/find.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { admits } from "../../facts/reach/security-group.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { type DatabaseClient, databaseClients } from "./checks/databases.ts";
import { roleChecks } from "./checks/role-checks.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

/** A server, or a function that sets a database up, is the client of the database whose host is in its environment. */
export const serversReachTheirDatabase = proof({
  premise: 3,
  id: "servers-reach-their-database",
  severity: "high",
  description:
    "Every MCP server and every function with a database reaches it on its port, both ways, and may log in as its own user.",
  remediation: "Let the security groups of both name each other, and grant `rds-db:connect` for the server's user.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const it of databaseClients(platform))
      walk(record, "servers-reach-their-database", it.placed, checksOf(platform, it));
  },
});

function checksOf(platform: Platform, client: DatabaseClient): HopChecks<"servers-reach-their-database"> {
  const { host, placed, databaseHost, port, user } = client;
  const { name } = placed.resource;
  const database = findBy(platform, TYPE.database, "endpoint", databaseHost);
  const groupIds = database?.resource.texts("vpcSecurityGroupIds") ?? [];
  return {
    database: () => cutUnless(database !== undefined, placed, `"${name}" must name the host of a declared database.`),
    send: () =>
      cutUnless(
        database === undefined || host.sends({ ranges: [], groupIds }, port),
        placed,
        `"${name}" must be able to send to its database on TCP ${port}.`,
      ),
    receive: () =>
      database &&
      cutUnless(
        database.resource.number("port") === port && admits(platform, groupIds, "ingress", { end: host, port }),
        database,
        `"${database.resource.name}" must admit "${name}" on TCP ${port}.`,
      ),
    ...roleChecks(platform, host.role, () =>
      database === undefined || user === undefined ? [] : [loginAs(user, database)],
    ),
    login: () =>
      database &&
      cutUnless(
        user === undefined || database.resource.flag("iamDatabaseAuthenticationEnabled") === true,
        database,
        `"${database.resource.name}" must accept logins by IAM.`,
      ),
  };
}

/** How IAM sees the login of a user of the database (Amazon RDS, "IAM policy for IAM database access"). */
function loginAs(user: string, { resource }: Placed): Call {
  const [, , , region = "", account = ""] = outputOf(resource, "arn").split(":");
  const id = outputOf(resource, "clusterResourceId");
  return { action: "rds-db:connect", resource: `arn:aws:rds-db:${region}:${account}:dbuser:${id}/${user}` };
}
