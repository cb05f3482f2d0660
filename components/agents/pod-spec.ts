import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { LABEL } from "../../contracts/tags.ts";
import { A2A_PORT } from "../../contracts/ports.ts";
import { POD_LIMITS, POD_REQUESTS } from "../tenant/tenant-namespace.ts";

/** What the pods of an agent run, and as whom. */
export interface PodSpecArgs {
  readonly agent: string;
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
        labelSelector: { matchLabels: { [LABEL.name]: args.agent } },
      },
    ],
    containers: [container(args)],
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
  };
}

function container({ agent, version, imageUri, environment }: PodSpecArgs): kubernetes.types.input.core.v1.Container {
  const variables = {
    OTEL_SERVICE_NAME: agent,
    OTEL_RESOURCE_ATTRIBUTES: `service.version=${version}`,
    ...environment,
  };
  const ping = { httpGet: { path: "/ping", port: "a2a" }, periodSeconds: 10, timeoutSeconds: 2 };
  return {
    name: agent,
    image: imageUri,
    ports: [{ name: "a2a", containerPort: A2A_PORT, protocol: "TCP" }],
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
