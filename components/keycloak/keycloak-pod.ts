import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { KEYCLOAK_SERVICE } from "../../contracts/keycloak.ts";
import { CACHE_PORTS, FOLDERS, KEY_STORE, MANAGEMENT_PORT } from "./keycloak-arguments.ts";
import { TAINT } from "./keycloak-nodes.ts";

/** What the pods of Keycloak run, and as whom. */
export interface KeycloakPodArgs {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly imageUri: string;
  readonly serviceAccount: pulumi.Input<string>;
  readonly arguments: pulumi.Input<readonly string[]>;
  /** Name of the ConfigMap with the metadata that the server publishes. */
  readonly metadata: pulumi.Input<string>;
}

/** The Java heap is 70 % of the memory; Keycloak's own guide leaves the rest to everything else of the process. */
const HEAP = "-Xms512m -Xmx1400m";

/** What a pod asks for and gets. */
const RESOURCES = {
  requests: { cpu: "500m", memory: "1250Mi", "ephemeral-storage": "512Mi" },
  limits: { cpu: "2", memory: "2Gi", "ephemeral-storage": "1Gi" },
};

/** Folders that Keycloak writes to; all else of its file system is read-only. */
const WRITABLE = { certificate: FOLDERS.certificate, data: "/opt/keycloak/data", tmp: "/tmp" } as const;

/**
 * The load balancer encrypts and does not ask who the other end is (Elastic Load Balancing, "Target groups"), so the pod makes a certificate of
 * its own; the password is Keycloak's default, since the file never leaves the pod. A pod that starts again makes another one.
 */
const MAKE_CERTIFICATE = [
  `rm -f ${KEY_STORE}`,
  `keytool -genkeypair -alias server -keyalg EC -groupname secp256r1 -validity 825 -dname CN=keycloak -storetype PKCS12 -storepass password -keystore ${KEY_STORE}`,
].join(" && ");

const CONFINED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};

/** A pod that fits the `restricted` Pod Security Standard, on a node of Keycloak's own, in another zone than its peers. */
export function keycloakPod(args: KeycloakPodArgs): kubernetes.types.input.core.v1.PodSpec {
  const { name, labels, imageUri, serviceAccount, metadata } = args;
  return {
    serviceAccountName: serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 60,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    nodeSelector: { "karpenter.sh/nodepool": name },
    tolerations: [{ ...TAINT, operator: "Equal" }],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: { ...labels } },
      },
    ],
    initContainers: [
      {
        name: "certificate",
        image: imageUri,
        command: ["sh", "-c", MAKE_CERTIFICATE],
        resources: RESOURCES,
        securityContext: CONFINED,
        volumeMounts: [mount("certificate"), mount("tmp")],
      },
    ],
    containers: [server(args)],
    volumes: [
      ...Object.keys(WRITABLE).map((it) => ({ name: it, emptyDir: { sizeLimit: "256Mi" } })),
      { name: "metadata", configMap: { name: metadata } },
    ],
  };
}

function server({ name, imageUri, arguments: args }: KeycloakPodArgs): kubernetes.types.input.core.v1.Container {
  const ask = (path: string) => ({ httpGet: { path, port: MANAGEMENT_PORT, scheme: "HTTPS" }, timeoutSeconds: 3 });
  const port = (title: string, containerPort: number) => ({ name: title, containerPort, protocol: "TCP" });
  return {
    name,
    image: imageUri,
    args: args as pulumi.Input<string[]>,
    env: [{ name: "JAVA_OPTS_KC_HEAP", value: HEAP }],
    ports: [
      port("https", KEYCLOAK_SERVICE.port),
      port("management", MANAGEMENT_PORT),
      ...CACHE_PORTS.map((it, index) => port(`cache-${index}`, it)),
    ],
    resources: RESOURCES,
    securityContext: CONFINED,
    startupProbe: { ...ask("/health/started"), periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: { ...ask("/health/ready"), periodSeconds: 10, failureThreshold: 3 },
    livenessProbe: { ...ask("/health/live"), periodSeconds: 10, failureThreshold: 6 },
    volumeMounts: [
      ...(Object.keys(WRITABLE) as (keyof typeof WRITABLE)[]).map((it) => mount(it)),
      { name: "metadata", mountPath: FOLDERS.metadata, readOnly: true },
    ],
  };
}

function mount(name: keyof typeof WRITABLE): kubernetes.types.input.core.v1.VolumeMount {
  return { name, mountPath: WRITABLE[name] };
}
