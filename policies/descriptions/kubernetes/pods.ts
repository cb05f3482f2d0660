import type { Accepted } from "../description.ts";
import { NAME } from "../reasons.ts";

/** Where the pod is in a workload. */
export const POD = "spec.template.spec";

const CONTAINERS = `${POD}.containers`;

/** What a node asks a container: whether it lives, may get requests, has started. */
export const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** Of a probe, what asks nobody but the container itself: no `host`, and no command. */
const PROBE_INPUTS = [
  "failureThreshold",
  "httpGet.path",
  "initialDelaySeconds",
  "periodSeconds",
  "successThreshold",
  "timeoutSeconds",
];

/** When a node asks a container how it is. */
export const PROBING = "When the node asks the container how it is.";

/** What a probe of the container at a path may say, which nothing has to read. */
export function probesOf(path: string, inputs: readonly string[] = PROBE_INPUTS): Readonly<Record<string, string>> {
  return Object.fromEntries(PROBES.flatMap((it) => inputs.map((input) => [`${path}.${it}.${input}`, PROBING])));
}

/** Why nothing has to read folders that go with a pod. */
export const OWN_DISK = "A folder of the pod's own, which goes with it.";

/** What of a workload with pods is read. */
export const POD_READ: readonly string[] = [
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  `${CONTAINERS}.env.name`,
  `${CONTAINERS}.env.value`,
  `${CONTAINERS}.image`,
  `${CONTAINERS}.ports.containerPort`,
  `${CONTAINERS}.ports.name`,
  `${CONTAINERS}.resources.limits`,
  `${CONTAINERS}.resources.requests`,
  `${POD}.priorityClassName`,
  `${POD}.serviceAccountName`,
  `${POD}.topologySpreadConstraints`,
  "spec.selector.matchLabels",
  "spec.template.metadata.labels",
];

/** What of a workload with pods nothing has to read. */
export const POD_INERT: Readonly<Record<string, string>> = {
  ...probesOf(CONTAINERS),
  ...mountsOf(CONTAINERS),
  [`${CONTAINERS}.name`]: NAME,
  [`${POD}.terminationGracePeriodSeconds`]: "How long it may take to end.",
  [`${POD}.volumes.emptyDir.sizeLimit`]: OWN_DISK,
  [`${POD}.volumes.name`]: OWN_DISK,
};

/** What of a workload with pods can be one thing only. A pod's inputs are named one by one: a single one may open the node to it. */
export const POD_ACCEPTS: Readonly<Record<string, readonly Accepted[]>> = {
  ...confinementOf(CONTAINERS),
  [`${CONTAINERS}.ports.protocol`]: ["TCP"],
  [`${POD}.automountServiceAccountToken`]: [false],
  [`${POD}.enableServiceLinks`]: [false],
  [`${POD}.hostIPC`]: [false],
  [`${POD}.hostNetwork`]: [false],
  [`${POD}.hostPID`]: [false],
  [`${POD}.securityContext.runAsGroup`]: [65_532],
  [`${POD}.securityContext.runAsNonRoot`]: [true],
  [`${POD}.securityContext.runAsUser`]: [65_532],
  [`${POD}.securityContext.seccompProfile.type`]: ["RuntimeDefault"],
};

/** What of {@link POD_ACCEPTS} must be set: by default a pod may do more. */
export const POD_NEEDS: readonly string[] = [
  ...confinementNeedsOf(CONTAINERS),
  `${POD}.automountServiceAccountToken`,
  `${POD}.enableServiceLinks`,
  `${POD}.securityContext.runAsGroup`,
  `${POD}.securityContext.runAsNonRoot`,
  `${POD}.securityContext.runAsUser`,
  `${POD}.securityContext.seccompProfile.type`,
];

/** What of {@link confinementOf} must be set. */
export function confinementNeedsOf(path: string): readonly string[] {
  return [
    `${path}.securityContext.allowPrivilegeEscalation`,
    `${path}.securityContext.capabilities.drop`,
    `${path}.securityContext.readOnlyRootFilesystem`,
  ];
}

/** How the containers at a path must be confined, where it says anything. */
export function confinementOf(path: string): Readonly<Record<string, readonly Accepted[]>> {
  return {
    [`${path}.securityContext.allowPrivilegeEscalation`]: [false],
    [`${path}.securityContext.capabilities.drop`]: ["ALL"],
    [`${path}.securityContext.privileged`]: [false],
    [`${path}.securityContext.readOnlyRootFilesystem`]: [true],
    [`${path}.securityContext.runAsNonRoot`]: [true],
  };
}

/** What the containers at a path mount of the pod's own folders. */
export function mountsOf(path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(["mountPath", "name", "readOnly"].map((it) => [`${path}.volumeMounts.${it}`, OWN_DISK]));
}
