import type { Descriptions } from "../description.ts";
import { NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

/** Kubernetes' network policies. */
export const NETWORKING: Descriptions = object("kubernetes:networking.k8s.io/v1:NetworkPolicy", {
  read: [
    "metadata.namespace",
    "spec.egress.ports.port",
    "spec.egress.to.ipBlock.cidr",
    "spec.egress.to.namespaceSelector",
    "spec.egress.to.podSelector",
    "spec.ingress.from.ipBlock",
    "spec.ingress.from.namespaceSelector",
    "spec.ingress.from.podSelector",
    "spec.ingress.ports.endPort",
    "spec.ingress.ports.port",
    "spec.podSelector",
  ],
  inert: { "metadata.name": NAME },
  accepts: {
    "spec.egress.ports.protocol": ["TCP", "UDP"],
    "spec.ingress.ports.protocol": ["TCP"],
    "spec.policyTypes": ["Egress", "Ingress"],
  },
  needs: ["metadata.namespace"],
});
