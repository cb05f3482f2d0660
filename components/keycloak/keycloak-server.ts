import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KEYCLOAK_SERVICE, type KeycloakHosts } from "../../contracts/identity/keycloak.ts";
import { KIND, LABEL } from "../../contracts/tags.ts";
import { KEYCLOAK_METADATA, KEYCLOAK_VERSION } from "../../environments/keycloak-server.ts";
import { serviceRole, trustPods } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { RESTRICTED_PODS } from "../tenant/restricted-pods.ts";
import { keycloakArguments } from "./keycloak-arguments.ts";
import type { KeycloakDatabase } from "./keycloak-database.ts";
import { keycloakNetwork } from "./keycloak-network.ts";
import { keycloakPod } from "./keycloak-pod.ts";

/** Where a Keycloak runs, what it keeps its data in, and who may reach it. */
export interface KeycloakServerArgs {
  readonly place: Place;
  readonly cluster: { readonly name: string; readonly arn: string; readonly provider: kubernetes.Provider };
  readonly imageUri: string;
  readonly hosts: KeycloakHosts;
  readonly database: KeycloakDatabase;
  /** Ranges of the subnets in which its load balancers are. */
  readonly balancers: readonly string[];
  /** Ranges of the subnets in which its database is. */
  readonly databases: readonly string[];
  readonly replicas: number;
}

const { namespace: NAMESPACE, name: NAME } = KEYCLOAK_SERVICE;
const LABELS = { [LABEL.name]: NAME, [LABEL.kind]: KIND.identityProvider };

/** A region's Keycloak: the issuer of the tokens of all developers there, closed to all but its load balancers (premises 3 and 4). */
export class KeycloakServer extends pulumi.ComponentResource {
  /** Base URL of its realms, once it answers. */
  readonly url: pulumi.Output<string>;
  /** The namespace in which its Service is. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: KeycloakServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:keycloak:KeycloakServer", name, {}, opts);
    const inside = { parent: this, provider: args.cluster.provider };
    const namespace = restrictedNamespace(name, inside);
    const within = { ...inside, dependsOn: [namespace] };
    const databasePort = 5432;
    keycloakNetwork(name, { labels: LABELS, ...args, databasePort }, within);
    const account = new kubernetes.core.v1.ServiceAccount(
      name,
      { metadata: named(NAME), automountServiceAccountToken: false },
      within,
    );
    const identity = this.identity(name, args);
    const server = this.server(name, args, { account, within, identity });
    service(name, within);
    const minimum = { maxUnavailable: 1, selector: { matchLabels: LABELS } };
    new kubernetes.policy.v1.PodDisruptionBudget(name, { metadata: named(NAME), spec: minimum }, within);

    this.namespace = namespace.metadata.name;
    this.url = server.metadata.apply(() => `https://${args.hosts.issuer}`);
    this.registerOutputs({ url: this.url });
  }

  /** What its pods are for AWS: who may log in to the database as Keycloak, and nothing else. */
  private identity(name: string, { place, cluster, database }: KeycloakServerArgs): readonly pulumi.Resource[] {
    const trust = trustPods(place, { clusterArn: cluster.arn, namespace: NAMESPACE, serviceAccount: NAME });
    const role = serviceRole(name, { place, description: "Keycloak", trust }, { parent: this });
    const pods = { namespace: NAMESPACE, serviceAccount: NAME, clusterName: cluster.name };
    return [
      database.grantConnect(`${name}-connects`, role),
      new aws.eks.PodIdentityAssociation(name, { ...pods, roleArn: role.arn }, { parent: this }),
    ];
  }

  private server(name: string, args: KeycloakServerArgs, { account, within, identity }: ServerParts) {
    const { hosts, imageUri, balancers, database, replicas } = args;
    const metadata = new kubernetes.core.v1.ConfigMap(
      name,
      { metadata: named(NAME), data: { "openid-configuration": JSON.stringify(KEYCLOAK_METADATA) } },
      within,
    );
    const headless = new kubernetes.core.v1.Service(
      `${name}-pods`,
      {
        metadata: { ...named(`${NAME}-pods`), labels: LABELS },
        spec: { type: "ClusterIP", clusterIP: "None", selector: LABELS, ports: [https()] },
      },
      within,
    );
    const spec = keycloakPod({
      name: NAME,
      labels: LABELS,
      imageUri,
      serviceAccount: account.metadata.name,
      arguments: database.login.apply((login) => keycloakArguments({ hosts, database: login, proxies: balancers })),
      metadata: metadata.metadata.name,
    });
    const labels = { ...LABELS, [LABEL.version]: KEYCLOAK_VERSION };
    return new kubernetes.apps.v1.StatefulSet(
      name,
      {
        metadata: { ...named(NAME), labels },
        spec: {
          serviceName: headless.metadata.name,
          replicas,
          selector: { matchLabels: LABELS },
          podManagementPolicy: "OrderedReady",
          updateStrategy: { type: "RollingUpdate" },
          template: { metadata: { labels }, spec },
        },
      },
      { ...within, dependsOn: [...identity] },
    );
  }
}

interface ServerParts {
  readonly account: kubernetes.core.v1.ServiceAccount;
  readonly within: pulumi.CustomResourceOptions;
  readonly identity: readonly pulumi.Resource[];
}

function named(name: string) {
  return { name, namespace: NAMESPACE };
}

function https() {
  const { port } = KEYCLOAK_SERVICE;
  return { name: "https", port, targetPort: port, protocol: "TCP" };
}

function service(name: string, opts: pulumi.CustomResourceOptions): void {
  const spec = { type: "ClusterIP", selector: LABELS, ports: [https()] };
  new kubernetes.core.v1.Service(name, { metadata: { ...named(NAME), labels: LABELS }, spec }, opts);
}

function restrictedNamespace(name: string, opts: pulumi.CustomResourceOptions): kubernetes.core.v1.Namespace {
  const metadata = { name: NAMESPACE, labels: { ...RESTRICTED_PODS } };
  return new kubernetes.core.v1.Namespace(name, { metadata }, opts);
}
