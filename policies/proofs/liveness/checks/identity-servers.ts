import { issuerUrlOf } from "../../../../contracts/identity/keycloak.ts";
import type { ResourceView } from "../../../engine/resource-view.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { some } from "../../../engine/three-values.ts";
import { identityServers, optionOf } from "../../../facts/identity/identity-server.ts";
import { NODE_CLASS } from "../../../facts/network/dedicated-nodes.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { podOf } from "../../../facts/reach/host.ts";
import { rangesOf } from "../../../facts/reach/subnets.ts";

const SERVICE = "kubernetes:core/v1:Service";
const NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool";
const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";

/** A database as an identity server names it. */
export interface NamedDatabase {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** The Keycloak of a realm's region that was told the host at which the realm's stack configures it. */
export function serverOf(platform: Platform, realm: Placed): Placed | undefined {
  const url = realm.resource.provider?.text("url")?.replace(/\/+$/, "");
  return platform
    .ofType(...identityServers.types)
    .filter(({ resource, stack }) => identityServers.where?.(resource, stack) ?? true)
    .find(({ resource, stack }) => stack.region === realm.stack.region && isHostOf(resource, url));
}

/** Whether realms are written at the host, and issued by a host, that a server answers for. */
function isHostOf(server: ResourceView, url: string | undefined): boolean {
  if (url === undefined || optionOf(server, "hostname") !== issuerUrlOf(url)) return false;
  return url === issuerUrlOf(url) || optionOf(server, "hostname-admin") === url;
}

/** The Service that leads to the server's pods on its HTTPS port, by a number. */
export function serviceOf(platform: Platform, server: Placed): Placed | undefined {
  const { namespace, labels } = podOf(server);
  const port = Number(optionOf(server.resource, "https-port"));
  return platform.ofType(SERVICE).find(({ resource: it, stack }) => {
    const wanted = it.entries("spec.selector").map(([key, value]) => [key, value.text()] as const);
    const leads = some(it.list("spec.ports"), (of) => of.number("port") === port && of.number("targetPort") === port);
    const isOwn = wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
    return stack === server.stack && it.text("metadata.namespace") === namespace && leads && isOwn;
  });
}

/** The database in the server's JDBC URL, and the user that it logs in as; `undefined` for a URL of another form. */
export function databaseOf({ resource }: Placed): NamedDatabase | undefined {
  const [, host, port] = /^jdbc:[a-z:-]+:\/\/([^/:?]+):(\d+)\//.exec(optionOf(resource, "db-url") ?? "") ?? [];
  if (host === undefined) return undefined;
  return { host, port: Number(port), user: optionOf(resource, "db-username") ?? "" };
}

/** The ranges of the subnets that a database is in. */
export function databaseRanges(platform: Platform, { resource }: Placed): readonly string[] {
  const group = findBy(platform, SUBNET_GROUP, "name", resource.text("dbSubnetGroupName"));
  return rangesOf(platform, group?.resource.texts("subnetIds") ?? []);
}

/** The security groups of the nodes on which the server's pods run, which are those of the pods (Amazon EKS, Auto Mode). */
export function nodeGroupsOf(platform: Platform, server: Placed): readonly string[] {
  const inCluster = (type: string) => platform.ofType(type).filter((it) => it.stack === server.stack);
  const poolName = server.resource.text("spec.template.spec.nodeSelector", "karpenter.sh/nodepool");
  const pool = inCluster(NODE_POOL).find(({ resource }) => resource.text("metadata.name") === poolName);
  const className = pool?.resource.text("spec.template.spec.nodeClassRef.name");
  const nodes = inCluster(NODE_CLASS).find(({ resource }) => resource.text("metadata.name") === className);
  const terms = nodes?.resource.list("spec.securityGroupSelectorTerms") ?? [];
  return terms.map((it) => it.text("id") ?? "");
}
