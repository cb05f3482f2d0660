import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { optionOf } from "../../facts/identity/identity-server.ts";
import { findBy } from "../../facts/reach/find.ts";
import { hostOf, networkPoliciesOf, podOf } from "../../facts/reach/host.ts";
import { passes } from "../../facts/reach/network-policy.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { admits } from "../../facts/reach/security-group.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { credentialsCut, exchangeCut } from "./checks/pods/pod-credentials.ts";
import { dnsCut } from "./checks/pods/dns.ts";
import {
  databaseOf,
  databaseRanges,
  type NamedDatabase,
  nodeGroupsOf,
  serverOf,
  serviceOf,
} from "./checks/identity-servers.ts";
import { roleChecks } from "./checks/role-checks.ts";
import { cutUnless, type HopCheck, type HopChecks, walk } from "./checks/walk.ts";

type Checks = HopChecks<"ides-reach-their-issuer">;

/** What leads from the internet to the load balancers is no part of this path yet. */
export const idesReachTheirIssuer = proof({
  premise: 4,
  id: "ides-reach-their-issuer",
  severity: "high",
  description:
    "A tool that registers at a tenant's issuer reaches a Keycloak of the region that answers for that host, and the Keycloak its database.",
  remediation: "Configure the realm at the host of the region's own Keycloak, and let each hop of the path through.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const realm of platform.ofType(TYPE.realm)) {
      const server = serverOf(platform, realm);
      const found = server === undefined ? undefined : databaseOf(server);
      walk(record, "ides-reach-their-issuer", realm, {
        server: () =>
          cutUnless(server !== undefined, realm, `"${realm.resource.name}" must be at a Keycloak of its region.`),
        ...entryChecks(platform, server),
        ...nodeChecks(platform, server),
        ...databaseChecks(platform, server, found),
      });
    }
  },
});

/** From the load balancers to a pod. */
function entryChecks(platform: Platform, server: Placed | undefined): Pick<Checks, "service" | "ingress"> {
  return {
    service: () =>
      server &&
      cutUnless(
        serviceOf(platform, server) !== undefined,
        server,
        `"${server.resource.name}" must have a Service that leads to its HTTPS port by number.`,
      ),
    ingress: () => {
      if (server === undefined) return undefined;
      const port = { protocol: "TCP", number: Number(optionOf(server.resource, "https-port")) } as const;
      const policies = networkPoliciesOf(platform, server);
      const proxies = (optionOf(server.resource, "proxy-trusted-addresses") ?? "").split(",");
      const areLetIn = proxies.every((address) =>
        passes(policies, "ingress", { pod: podOf(server), peer: { address }, port }),
      );
      return cutUnless(areLetIn, server, `The pods of "${server.resource.name}" must admit its trusted proxies.`);
    },
  };
}

/** From a pod to what each node has for it: names, and the credentials by which it logs in. */
function nodeChecks(
  platform: Platform,
  server: Placed | undefined,
): Pick<Checks, "names" | "credentials" | "exchange"> {
  return {
    names: () => server && (dnsCut(platform, server, "UDP") ?? dnsCut(platform, server, "TCP")),
    credentials: () => server && credentialsCut(platform, server),
    exchange: () => server && exchangeCut(platform, server),
  };
}

/** From a pod to its database; where one of the two is not there, there is nothing between them to look at. */
function databaseChecks(
  platform: Platform,
  server: Placed | undefined,
  named: NamedDatabase | undefined,
): Omit<Checks, "server" | "service" | "ingress" | "names" | "credentials" | "exchange"> {
  const database = findBy(platform, TYPE.database, "endpoint", named?.host);
  const role = server && hostOf(platform, server).role;
  const ends = server && named && database && { server, named, database };
  const between = (check: (platform: Platform, ends: Ends) => ReturnType<HopCheck>): HopCheck => {
    return () => ends && check(platform, ends);
  };
  return {
    database: () =>
      server && cutUnless(database !== undefined, server, `"${server.resource.name}" must name a declared database.`),
    send: between(sends),
    groups: between(admitEachOther),
    association: () =>
      server && cutUnless(role !== undefined, server, `"${server.resource.name}" must have a role in AWS.`),
    ...roleChecks(platform, role, () => (ends === undefined ? [] : [loginAs(ends.named.user, ends.database)])),
    login: between((_, { database: it }) => {
      const isOpen = it.resource.flag("iamDatabaseAuthenticationEnabled") === true;
      return cutUnless(isOpen, it, `"${it.resource.name}" must accept logins by IAM.`);
    }),
  };
}

interface Ends {
  readonly server: Placed;
  readonly named: NamedDatabase;
  readonly database: Placed;
}

function sends(platform: Platform, { server, named: { port }, database }: Ends): ReturnType<HopCheck> {
  const end = { ranges: databaseRanges(platform, database), groupIds: [] };
  const isLetOut = end.ranges.length > 0 && hostOf(platform, server).sends(end, port);
  return cutUnless(
    isLetOut,
    server,
    `The pods of "${server.resource.name}" must be let out to its database on TCP ${port}.`,
  );
}

function admitEachOther(platform: Platform, { server, named: { port }, database }: Ends): ReturnType<HopCheck> {
  const [own, others] = [nodeGroupsOf(platform, server), database.resource.texts("vpcSecurityGroupIds")];
  const connects =
    admits(platform, own, "egress", { end: { ranges: [], groupIds: others }, port }) &&
    admits(platform, others, "ingress", { end: { ranges: [], groupIds: own }, port });
  const mend = `"${database.resource.name}" must admit the nodes of "${server.resource.name}".`;
  return cutUnless(connects, database, mend);
}

/** How IAM sees the login of a user of the database (Amazon RDS, "IAM policy for IAM database access"). */
function loginAs(user: string, { resource }: Placed): Call {
  const [, , , region = "", account = ""] = outputOf(resource, "arn").split(":");
  const id = outputOf(resource, "clusterResourceId");
  return { action: "rds-db:connect", resource: `arn:aws:rds-db:${region}:${account}:dbuser:${id}/${user}` };
}
