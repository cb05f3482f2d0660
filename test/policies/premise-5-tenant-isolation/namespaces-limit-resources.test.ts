import * as kubernetes from "@pulumi/kubernetes";
import { namespacesLimitResources } from "../../../policies/premise-5-tenant-isolation/namespaces-limit-resources.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, TENANT } from "../programs.ts";

const HARD = { pods: "48", "limits.cpu": "48", "limits.memory": "48Gi" };
const CONTAINER = { type: "Container", default: { cpu: "1", memory: "1Gi" } };

interface Limits {
  readonly hard?: Record<string, string>;
  readonly limit?: kubernetes.types.input.core.v1.LimitRangeItem;
  /** Where the quota and the limits are. */
  readonly namespace?: string;
}

function limited({ hard, limit, namespace = TENANT }: Limits): void {
  const opts = onCluster();
  new kubernetes.core.v1.Namespace("tenant", { metadata: { name: TENANT } }, opts);
  const metadata = { name: "limits", namespace };
  if (hard !== undefined) new kubernetes.core.v1.ResourceQuota("quota", { metadata, spec: { hard } }, opts);
  if (limit !== undefined) new kubernetes.core.v1.LimitRange("limits", { metadata, spec: { limits: [limit] } }, opts);
}

const QUOTA = '"tenant" must have a quota of pods, limits.cpu, limits.memory.';
const RANGE = '"tenant" must give each container limits of cpu and memory by default.';

testRule(
  namespacesLimitResources,
  {
    accepts: { "a quota and limits": () => limited({ hard: HARD, limit: CONTAINER }) },
    rejects: {
      "neither quota nor limits": [() => limited({}), QUOTA, RANGE],
      "a quota without memory": [() => limited({ hard: { pods: "48", "limits.cpu": "48" }, limit: CONTAINER }), QUOTA],
      "limits of pods, not of containers": [() => limited({ hard: HARD, limit: { ...CONTAINER, type: "Pod" } }), RANGE],
      "limits of processors alone": [
        () => limited({ hard: HARD, limit: { ...CONTAINER, default: { cpu: "1" } } }),
        RANGE,
      ],
      "the quota of another namespace": [
        () => limited({ hard: HARD, limit: CONTAINER, namespace: "elsewhere" }),
        QUOTA,
        RANGE,
      ],
    },
  },
  { preview: "realistic" },
);
