import type { Descriptions } from "../description.ts";
import { NAME } from "../reasons.ts";
import { object } from "./described-object.ts";
import {
  confinementNeedsOf,
  confinementOf,
  mountsOf,
  POD,
  POD_ACCEPTS,
  POD_INERT,
  POD_NEEDS,
  POD_READ,
  PROBES,
  probesOf,
} from "./pods.ts";

const INIT = `${POD}.initContainers`;

/** Kubernetes' workloads. */
export const APPS: Descriptions = {
  ...object("kubernetes:apps/v1:Deployment", {
    read: [
      ...POD_READ,
      ...PROBES.map((it) => `${POD}.containers.${it}.httpGet.port`),
      `${POD}.nodeSelector`,
      `${POD}.tolerations`,
      "spec.replicas",
    ],
    inert: POD_INERT,
    accepts: {
      ...POD_ACCEPTS,
      "spec.strategy.rollingUpdate.maxSurge": [1, 2, 3, "25%", "50%", "100%"],
      "spec.strategy.rollingUpdate.maxUnavailable": [0, 1],
      "spec.strategy.type": ["RollingUpdate"],
    },
    needs: [...POD_NEEDS, "spec.strategy.rollingUpdate.maxUnavailable"],
  }),
  ...object("kubernetes:apps/v1:StatefulSet", {
    read: [
      ...POD_READ,
      `${INIT}.image`,
      `${INIT}.resources.limits`,
      `${INIT}.resources.requests`,
      `${POD}.containers.args`,
      ...PROBES.map((it) => `${POD}.containers.${it}.httpGet.port`),
      `${POD}.nodeSelector`,
      `${POD}.tolerations`,
      `${POD}.volumes.configMap.name`,
      "spec.replicas",
    ],
    inert: {
      ...POD_INERT,
      ...probesOf(`${POD}.containers`, ["httpGet.scheme"]),
      ...mountsOf(INIT),
      [`${INIT}.command`]: "It runs in an image that is judged, and is confined as the server itself is.",
      [`${INIT}.name`]: NAME,
      "spec.podManagementPolicy": "In which order pods start.",
      "spec.serviceName": "The Service that gives pods names; who may reach them is said by network policies.",
      "spec.updateStrategy": "How pods are replaced by newer ones.",
    },
    accepts: { ...POD_ACCEPTS, ...confinementOf(INIT) },
    needs: [...POD_NEEDS, ...confinementNeedsOf(INIT)],
  }),
};
