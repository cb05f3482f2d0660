import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { OTLP } from "../../contracts/records/container-logs.ts";
import { LABEL } from "../../contracts/tags.ts";
import type { AgentSize } from "../../environments/capacity/agent-sizes.ts";
import { COMPUTE_TAINT, POOL_NAMES } from "../../environments/capacity/node-pools.ts";
import { PRIORITIES } from "../../environments/capacity/priorities.ts";
import { TRACES_SAMPLED } from "../../environments/observability/traces.ts";

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
  readonly size: Pick<AgentSize, "pool" | "resources" | "interruptible">;
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
    ...nodesOf(args.size),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        // A zone that is lost would otherwise keep its pods from those that are left.
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { [LABEL.name]: args.service } },
      },
    ],
    containers: [container(args)],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
  };
}

/** Where pods of a size run, and who waits for whom. One that must not be interrupted keeps off EC2 Spot capacity. */
function nodesOf({
  pool,
  interruptible,
}: PodSpecArgs["size"]): Pick<
  kubernetes.types.input.core.v1.PodSpec,
  "nodeSelector" | "tolerations" | "priorityClassName"
> {
  return {
    nodeSelector: {
      "karpenter.sh/nodepool": POOL_NAMES[pool],
      ...(!interruptible && { "karpenter.sh/capacity-type": "on-demand" }),
    },
    ...(pool === "compute" && { tolerations: [{ ...COMPUTE_TAINT, operator: "Equal" }] }),
    priorityClassName: PRIORITIES[interruptible ? "batch" : "interactive"].name,
  };
}

function container({
  service,
  port,
  version,
  imageUri,
  environment,
  size,
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
    resources: size.resources,
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
