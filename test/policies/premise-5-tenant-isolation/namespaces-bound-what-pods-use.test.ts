import * as kubernetes from "@pulumi/kubernetes";
import { namespacesBoundWhatPodsUse } from "../../../policies/premise-5-tenant-isolation/namespaces-bound-what-pods-use.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, TENANT } from "../programs.ts";

const LIMITS = { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" };
const CLOSED = { "services.loadbalancers": "0", "services.nodeports": "0" };
const HARD = { pods: "9", "limits.cpu": "9", "limits.memory": "9Gi", "limits.ephemeral-storage": "9Gi", ...CLOSED };
const CONTAINER = { type: "Container", default: LIMITS, defaultRequest: LIMITS, max: LIMITS };

type Limit = kubernetes.types.input.core.v1.LimitRangeItem;

interface Told {
  readonly hard?: Record<string, string>;
  readonly limit?: Limit;
  /** The namespace of the quota and of the limits. */
  readonly of?: string;
}

function namespace({ hard = HARD, limit = CONTAINER, of = TENANT }: Told): void {
  const opts = onCluster();
  new kubernetes.core.v1.Namespace("tenant", { metadata: { name: TENANT } }, opts);
  const metadata = { name: "tenant", namespace: of };
  new kubernetes.core.v1.ResourceQuota("quota", { metadata, spec: { hard } }, opts);
  new kubernetes.core.v1.LimitRange("limits", { metadata, spec: { limits: [limit] } }, opts);
}

const without = (from: Record<string, string>, key: string) =>
  Object.fromEntries(Object.entries(from).filter(([it]) => it !== key));

const QUOTA = '"tenant" must have a quota of pods, limits.cpu, limits.memory, limits.ephemeral-storage.';
const OPEN = '"tenant" must have a quota of no services.loadbalancers and no services.nodeports.';
const RANGE = '"tenant" must limit each container\'s cpu, memory, ephemeral-storage.';

testRule(
  namespacesBoundWhatPodsUse,
  {
    accepts: {
      "a quota and limits of all that is shared": () => namespace({}),
      "a quota of more": () => namespace({ hard: { ...HARD, configmaps: "9" } }),
    },
    rejects: {
      "a namespace without any": [() => namespace({ of: "other" }), QUOTA, OPEN, RANGE],
      "a port of each node": [() => namespace({ hard: without(HARD, "services.nodeports") }), OPEN],
      "a load balancer": [() => namespace({ hard: { ...HARD, "services.loadbalancers": "1" } }), OPEN],
      "a quota without disk": [() => namespace({ hard: without(HARD, "limits.ephemeral-storage") }), QUOTA],
      "a quota without a number of pods": [() => namespace({ hard: without(HARD, "pods") }), QUOTA],
      "limits without disk": [
        () => namespace({ limit: { ...CONTAINER, max: without(LIMITS, "ephemeral-storage") } }),
        RANGE,
      ],
      "limits without a default": [() => namespace({ limit: { type: "Container", max: LIMITS } }), RANGE],
      "limits of whole pods only": [() => namespace({ limit: { ...CONTAINER, type: "Pod" } }), RANGE],
    },
  },
  { preview: "realistic" },
);
