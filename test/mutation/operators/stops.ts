import type { Path } from "../paths.ts";

/** A setting that stops what the resource is for, whatever its description says of it. */
export interface Stop {
  readonly type: string;
  readonly path: Path;
  readonly value: unknown;
  readonly operator: string;
}

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

/** What scales a workload to zero, or switches its telemetry off, by a property of capacity. */
export const STOPS: readonly Stop[] = [
  { type: DEPLOYMENT, path: ["spec", "replicas"], value: 0, operator: "scaledToZero" },
  { type: DEPLOYMENT, path: ["spec", "template", "spec", "nodeSelector"], value: { zone: "none" }, operator: "noNode" },
  {
    type: "aws:lambda/function:Function",
    path: ["reservedConcurrentExecutions"],
    value: 0,
    operator: "scaledToZero",
  },
  {
    type: "aws:lambda/function:Function",
    path: ["tracingConfig", "mode"],
    value: "PassThrough",
    operator: "telemetryOff",
  },
  {
    type: "aws:rds/cluster:Cluster",
    path: ["serverlessv2ScalingConfiguration", "maxCapacity"],
    value: 0,
    operator: "scaledToZero",
  },
  {
    type: "kubernetes:karpenter.sh/v1:NodePool",
    path: ["spec", "limits"],
    value: { cpu: "0" },
    operator: "scaledToZero",
  },
];
