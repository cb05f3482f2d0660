import type { Descriptions } from "../description.ts";
import { CAPACITY, NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

const LABELS = "Labels by which people and selectors find it; what a selector lets through is judged where it is.";
const PORTS = "Which ports of the tenant's own pods it stands for; who may reach them is said by network policies.";

/** Kubernetes' own objects. */
export const CORE: Descriptions = {
  // Auto Mode reads its network settings from this one object.
  ...object("kubernetes:core/v1:ConfigMap", {
    accepts: {
      "data.enable-network-policy-controller": ["true"],
      "metadata.name": ["amazon-vpc-cni"],
      "metadata.namespace": ["kube-system"],
    },
  }),
  ...object("kubernetes:core/v1:LimitRange", {
    read: ["metadata.namespace"],
    inert: { "metadata.name": NAME, "spec.limits": CAPACITY },
  }),
  ...object("kubernetes:core/v1:Namespace", { read: ["metadata.labels", "metadata.name"] }),
  ...object("kubernetes:core/v1:ResourceQuota", {
    read: ["metadata.namespace"],
    inert: { "metadata.name": NAME, "spec.hard": CAPACITY },
  }),
  // Anything but a ClusterIP would let traffic in from outside of the cluster.
  ...object("kubernetes:core/v1:Service", {
    read: ["metadata.namespace"],
    inert: {
      "metadata.labels": LABELS,
      "metadata.name": NAME,
      "spec.ports.appProtocol": PORTS,
      "spec.ports.name": PORTS,
      "spec.ports.port": PORTS,
      "spec.ports.protocol": PORTS,
      "spec.ports.targetPort": PORTS,
    },
    accepts: { "spec.type": ["ClusterIP"] },
    unread: { "spec.selector": "No rule reads which pods a Service stands for." },
  }),
  ...object("kubernetes:core/v1:ServiceAccount", {
    read: ["metadata.namespace"],
    inert: { "metadata.labels": LABELS, "metadata.name": NAME },
    accepts: { automountServiceAccountToken: [false] },
  }),
};
