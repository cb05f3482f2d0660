import { BackupPlan } from "../../../components/backup/backup-plan.ts";
import { imageUri } from "../../../components/compute/image-repository.ts";
import { DataKey } from "../../../components/encryption/data-key.ts";
import { KeycloakDatabase } from "../../../components/keycloak/keycloak-database.ts";
import { keycloakNodes } from "../../../components/keycloak/keycloak-nodes.ts";
import { KeycloakServer, type KeycloakServerArgs } from "../../../components/keycloak/keycloak-server.ts";
import { RealmKeeper } from "../../../components/keycloak/realm-keeper.ts";
import { privateBlock, publicBlock } from "../../../components/network/vpc.ts";
import { keycloakHosts } from "../../../contracts/identity/keycloak.ts";
import { BACKUP_DAYS, standbyOf, ZONE_IDS } from "../../../environments/residency.ts";
import type { Tenant } from "../../../environments/schema.ts";
import { KEYCLOAK_DIGEST } from "../../../releases/releases.ts";
import { requireBuilt } from "../../artifacts/built-images.ts";
import type { Feature } from "../../feature.ts";
import type { RegionCluster } from "../cluster.ts";
import type { RegionContext } from "../context.ts";
import type { RegionNetwork } from "../network.ts";

const NAME = "keycloak";

/** The identity provider of the region's developers. */
export interface RegionKeycloak extends Feature {
  readonly url: KeycloakServer["url"];
  /** The namespace in which its Service is. */
  readonly namespace: KeycloakServer["namespace"];
  /** What AWS calls its database. */
  readonly databaseIdentifier: KeycloakDatabase["clusterIdentifier"];
  /** The security group of its pods. */
  readonly groupId: KeycloakDatabase["clientGroupId"];
}

interface Upstream {
  readonly cluster: RegionCluster;
  readonly network: RegionNetwork;
}

/** Declares the region's Keycloak, with its database under a key of its own. */
export function regionKeycloak(context: RegionContext, upstream: Upstream): RegionKeycloak {
  const { address, place, code, opts } = context;
  // Where agents only prove a concept, so does their identity provider.
  const standby = address.environment.agentHosting === "eks";
  const { archive, digest: codeDigest } = code.keycloakDatabase;
  const description = "What Keycloak keeps";
  const key = new DataKey(
    `${NAME}-key`,
    { place, description, alias: "alicerce/keycloak", standby: standbyOf(address.region) },
    opts,
  );
  requireBuilt(NAME, KEYCLOAK_DIGEST);
  const network = upstream.network.privateNetwork;
  const database = new KeycloakDatabase(NAME, { place, network, key, standby, code: archive(), codeDigest }, opts);
  const backups = backupsOf(context, key, database);
  const nodes = nodesOf(context, upstream, database);
  const server = new KeycloakServer(NAME, serverArgs(context, upstream, { database, replicas: standby ? 2 : 1 }), {
    ...opts,
    dependsOn: [nodes],
  });
  const keeper = keeperOf(context, upstream, key);
  return {
    url: server.url,
    namespace: server.namespace,
    groupId: database.clientGroupId,
    databaseIdentifier: database.clusterIdentifier,
    resources: [key, database, backups, nodes, server, keeper],
  };
}

function nodesOf({ address }: RegionContext, { cluster: { eks }, network }: Upstream, database: KeycloakDatabase) {
  return keycloakNodes(
    NAME,
    {
      nodeRoleName: eks.nodeRoleName,
      subnetIds: network.vpc.privateSubnetIds,
      groupIds: [eks.securityGroupId, database.clientGroupId],
      instanceTypes: address.settings.instanceTypes,
    },
    { provider: eks.provider },
  );
}

function backupsOf({ place, residency, opts }: RegionContext, key: DataKey, { arn, placement }: KeycloakDatabase) {
  const stores = { databases: [{ arn, ...placement }], tables: [] };
  return new BackupPlan(`${NAME}-backups`, { place, owner: NAME, key, days: BACKUP_DAYS[residency], stores }, opts);
}

/** Keeps the realms of the tenants who have developers in the region. */
function keeperOf({ address, place, code, opts }: RegionContext, { network }: Upstream, key: DataKey) {
  const { environment, region } = address;
  const tenants = Object.entries(environment.tenants).filter(([, it]) => hasDevelopersIn(it, region));
  return new RealmKeeper(
    "realm-keeper",
    {
      ...{ place, key, network: network.privateNetwork },
      host: keycloakHosts(region, environment.domain).administration,
      realms: tenants.map(([id]) => id),
      code: code.registrationGuard.archive(),
    },
    opts,
  );
}

function hasDevelopersIn({ regions, scenarios }: Tenant, region: string): boolean {
  return regions.some((it) => it === region) && scenarios.some((it) => it === "internal");
}

function serverArgs(
  { address, place }: RegionContext,
  { cluster: { eks, arn, name } }: Upstream,
  parts: Pick<KeycloakServerArgs, "database" | "replicas">,
): KeycloakServerArgs {
  const { environment, region, settings } = address;
  const zones = ZONE_IDS[region];
  return {
    ...parts,
    place,
    cluster: { name, arn, provider: eks.provider },
    imageUri: imageUri(place, NAME, KEYCLOAK_DIGEST),
    hosts: keycloakHosts(region, environment.domain),
    balancers: zones.map((_, index) => publicBlock(settings.cidr, index)),
    databases: zones.map((_, index) => privateBlock(settings.cidr, index)),
  };
}
