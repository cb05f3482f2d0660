import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { OTLP } from "../../contracts/records/container-logs.ts";
import { LABEL } from "../../contracts/tags.ts";
import { TRACES_SAMPLED } from "../../environments/observability/traces.ts";
import { POD_LIMITS, POD_REQUESTS } from "../tenant/tenant-namespace.ts";

/** The port on which pods are called, and what a node asks there to know that they are well. */
export interface PodPort {
  readonly name: string;
  readonly number: number;
  readonly healthPath: string;
}

/** What the pods of a service run, and as whom. */
export interface PodSpecArgs {
  readonly service: string;
  readonly port: PodPort;
  readonly version: string;
  readonly imageUri: string;
  readonly serviceAccount: pulumi.Input<string>;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A pod that fits the `restricted` Pod Security Standard: no privileges, no writable root, no token of the cluster. */
export function podSpec(args: PodSpecArgs): kubernetes.types.input.core.v1.PodSpec {
  return {
    serviceAccountName: args.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    nodeSelector: { "karpenter.sh/nodepool": "agents" },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: { [LABEL.name]: args.service } },
      },
    ],
    containers: [container(args)],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
  };
}

function container({
  service,
  port,
  version,
  imageUri,
  environment,
}: PodSpecArgs): kubernetes.types.input.core.v1.Container {
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: OTLP.endpoint,
    OTEL_SERVICE_NAME: service,
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: `${TRACES_SAMPLED}`,
    OTEL_RESOURCE_ATTRIBUTES: `service.version=${version}`,
    ...environment,
  };
  const ping = { httpGet: { path: port.healthPath, port: port.name }, periodSeconds: 10, timeoutSeconds: 2 };
  return {
    name: service,
    image: imageUri,
    ports: [{ name: port.name, containerPort: port.number, protocol: "TCP" }],
    env: Object.entries(variables).map(([name, value]) => ({ name, value })),
    resources: { requests: POD_REQUESTS, limits: POD_LIMITS },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    },
    startupProbe: { ...ping, failureThreshold: 30 },
    readinessProbe: { ...ping, failureThreshold: 3 },
    livenessProbe: { ...ping, failureThreshold: 6 },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
}
