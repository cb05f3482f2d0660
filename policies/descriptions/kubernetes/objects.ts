import type { Descriptions } from "../description.ts";
import { NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

const LABELS = "Labels by which people and selectors find it; what a selector lets through is judged where it is.";
const PORTS = "Which ports of the tenant's own pods it stands for; who may reach them is said by network policies.";

/** Kubernetes' own objects. */
export const CORE: Descriptions = {
  // Auto Mode reads its network settings from the one, Keycloak publishes what the other says.
  ...object("kubernetes:core/v1:ConfigMap", {
    inert: {
      "data.openid-configuration": "What Keycloak tells clients about itself; by itself it lets nobody do anything.",
    },
    read: ["data.enable-network-policy-controller"],
    accepts: { "metadata.name": ["amazon-vpc-cni", "keycloak"], "metadata.namespace": ["kube-system", "keycloak"] },
    needs: ["metadata.name", "metadata.namespace"],
  }),
  ...object("kubernetes:core/v1:LimitRange", {
    read: ["metadata.namespace", "spec.limits"],
    inert: { "metadata.name": NAME },
  }),
  ...object("kubernetes:core/v1:Namespace", { read: ["metadata.labels", "metadata.name"] }),
  ...object("kubernetes:core/v1:ResourceQuota", {
    read: ["metadata.namespace", "spec.hard"],
    inert: { "metadata.name": NAME },
  }),
  // Anything but a ClusterIP would let traffic in from outside of the cluster.
  ...object("kubernetes:core/v1:Service", {
    read: ["metadata.name", "metadata.namespace", "spec.ports.port", "spec.ports.targetPort", "spec.selector"],
    inert: {
      "metadata.labels": LABELS,
      "spec.ports.appProtocol": PORTS,
      "spec.ports.name": PORTS,
      "spec.ports.protocol": PORTS,
    },
    accepts: { "spec.clusterIP": ["None"], "spec.type": ["ClusterIP"] },
    needs: ["metadata.namespace", "spec.ports.targetPort"],
  }),
  ...object("kubernetes:core/v1:ServiceAccount", {
    read: ["metadata.namespace"],
    inert: { "metadata.labels": LABELS, "metadata.name": NAME },
    accepts: { automountServiceAccountToken: [false] },
    needs: ["automountServiceAccountToken", "metadata.namespace"],
  }),
};
