import type { Descriptions } from "../description.ts";
import { object } from "./described-object.ts";

/** Network policies: those of Kubernetes by addresses and labels, and those of EKS Auto Mode by names. */
export const NETWORKING: Descriptions = {
  ...object("kubernetes:networking.k8s.io/v1:NetworkPolicy", {
    read: [
      "metadata.name",
      "metadata.namespace",
      "spec.egress.ports.port",
      "spec.egress.ports.protocol",
      "spec.egress.to.ipBlock.cidr",
      "spec.egress.to.namespaceSelector",
      "spec.egress.to.podSelector",
      "spec.ingress.from.ipBlock",
      "spec.ingress.from.namespaceSelector",
      "spec.ingress.from.podSelector",
      "spec.ingress.ports.endPort",
      "spec.ingress.ports.port",
      "spec.ingress.ports.protocol",
      "spec.podSelector",
      "spec.policyTypes",
    ],
  }),
  ...object("kubernetes:networking.k8s.aws/v1alpha1:ApplicationNetworkPolicy", {
    read: [
      "metadata.name",
      "metadata.namespace",
      "spec.egress.ports.port",
      "spec.egress.ports.protocol",
      "spec.egress.to.domainNames",
      "spec.podSelector",
      "spec.policyTypes",
    ],
  }),
};
