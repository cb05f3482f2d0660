import type { Descriptions } from "../description.ts";
import { CAPACITY, NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

const POD = "spec.template.spec";
const CONTAINERS = `${POD}.containers`;

/** Of a probe, what asks nobody but the container itself: no `host`, and no command. */
const PROBE_INPUTS = [
  "failureThreshold",
  "httpGet.path",
  "initialDelaySeconds",
  "periodSeconds",
  "successThreshold",
  "timeoutSeconds",
];

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) =>
  PROBE_INPUTS.map(
    (input) => [`${CONTAINERS}.${probe}.${input}`, "When the node asks the container how it is."] as const,
  ),
);

const OWN_DISK = "A folder of the pod's own, which goes with it.";

/** Kubernetes' workloads. A pod's inputs are named one by one: a single one may open the node to it. */
export const APPS: Descriptions = object("kubernetes:apps/v1:Deployment", {
  read: [
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
    ...["livenessProbe", "readinessProbe", "startupProbe"].map((it) => `${CONTAINERS}.${it}.httpGet.port`),
    `${POD}.nodeSelector`,
    `${POD}.serviceAccountName`,
    "spec.strategy",
    "spec.template.metadata.labels",
  ],
  inert: {
    ...Object.fromEntries(PROBES),
    [`${CONTAINERS}.name`]: NAME,
    [`${CONTAINERS}.volumeMounts.mountPath`]: OWN_DISK,
    [`${CONTAINERS}.volumeMounts.name`]: OWN_DISK,
    [`${CONTAINERS}.volumeMounts.readOnly`]: OWN_DISK,
    [`${POD}.terminationGracePeriodSeconds`]: "How long it may take to end.",
    [`${POD}.topologySpreadConstraints`]: "Over which zones and nodes it is spread.",
    [`${POD}.volumes.emptyDir.sizeLimit`]: OWN_DISK,
    [`${POD}.volumes.name`]: OWN_DISK,
    "spec.replicas": CAPACITY,
    "spec.selector.matchLabels": "Which pods it counts as its own; they must carry the labels of its template.",
  },
  accepts: {
    [`${CONTAINERS}.ports.protocol`]: ["TCP"],
    [`${CONTAINERS}.securityContext.allowPrivilegeEscalation`]: [false],
    [`${CONTAINERS}.securityContext.capabilities.drop`]: ["ALL"],
    [`${CONTAINERS}.securityContext.privileged`]: [false],
    [`${CONTAINERS}.securityContext.readOnlyRootFilesystem`]: [true],
    [`${CONTAINERS}.securityContext.runAsNonRoot`]: [true],
    [`${POD}.automountServiceAccountToken`]: [false],
    [`${POD}.enableServiceLinks`]: [false],
    [`${POD}.hostIPC`]: [false],
    [`${POD}.hostNetwork`]: [false],
    [`${POD}.hostPID`]: [false],
    [`${POD}.securityContext.runAsGroup`]: [65_532],
    [`${POD}.securityContext.runAsNonRoot`]: [true],
    [`${POD}.securityContext.runAsUser`]: [65_532],
    [`${POD}.securityContext.seccompProfile.type`]: ["RuntimeDefault"],
  },
});
