import type { Descriptions } from "../description.ts";
import { NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

/** What EKS Auto Mode adds to Kubernetes. */
export const AUTO_MODE: Descriptions = object("kubernetes:eks.amazonaws.com/v1:TargetGroupBinding", {
  read: ["metadata.namespace", "spec.serviceRef.name", "spec.targetGroupARN"],
  inert: {
    "metadata.name": NAME,
    "spec.serviceRef.port": "Security groups and network policies say which ports a load balancer reaches.",
  },
  accepts: { "spec.targetType": ["ip"] },
  needs: ["metadata.namespace", "spec.serviceRef.name"],
});
