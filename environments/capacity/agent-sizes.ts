import type { PoolName } from "./node-pools.ts";
import type { RegionSettings } from "../schema.ts";

/** What one pod of an agent asks for and may use, in quantities of Kubernetes. */
export interface PodResources {
  readonly requests: { readonly cpu: string; readonly memory: string; readonly "ephemeral-storage": string };
  readonly limits: { readonly cpu: string; readonly memory: string; readonly "ephemeral-storage": string };
}

/** How many pods an agent has: by load between bounds, or a number that only a change of the data changes. */
export type Pods = { readonly min?: number; readonly max?: number } | { readonly manual: number };

/** What an agent needs of the cluster. */
export interface AgentSize {
  readonly pool: PoolName;
  readonly resources: PodResources;
  /** Bounds of its own; those that are left out are the region's. */
  readonly pods: Pods;
  /** Whether a pod may be taken away within two minutes: what it works on is delivered again. Such pods take EC2 Spot capacity. */
  readonly interruptible: boolean;
  /** The availability that is promised, in percent. */
  readonly availability?: 99.9;
}

/** What a container asks for, and the most that it may use, where nothing else is said. */
export const USUAL_RESOURCES: PodResources = {
  requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "512Mi" },
  limits: { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" },
};

/** The size of agents and BFFs of which nothing else is said. */
export const USUAL_SIZE: AgentSize = {
  pool: "general",
  resources: USUAL_RESOURCES,
  pods: {},
  interruptible: false,
};

/** 2 CPUs and 4 GiB, of which a pod is sure. */
const LARGE: PodResources = {
  requests: { cpu: "2", memory: "4Gi", "ephemeral-storage": "512Mi" },
  limits: { cpu: "2", memory: "4Gi", "ephemeral-storage": "1Gi" },
};

/** Sizes of agents whose size is not the usual one, after the specification's configuration of agents. */
const SIZES: Readonly<Record<string, Partial<AgentSize>>> = {
  coordinator: { pods: { min: 2 }, availability: 99.9 },
  "customer-support": { pods: { min: 2, max: 10 }, availability: 99.9 },
  "product-recommendation": { pods: { min: 2, max: 50 }, availability: 99.9 },
  "integration-processor": { pool: "compute", resources: LARGE, pods: { manual: 2 } },
  "data-transformer": { pool: "compute", pods: { max: 5 }, interruptible: true },
};

/** What an agent needs, by its name. */
export function agentSize(agent: string): AgentSize {
  return { ...USUAL_SIZE, ...(Object.hasOwn(SIZES, agent) && SIZES[agent]) };
}

/** The memory that pods use on average, in percent of what they ask for, above which a pod is added. */
export const TARGET_MEMORY_PERCENT = 80;

/** How many pods an agent has in a region. */
export interface PodScale {
  readonly min: number;
  readonly max: number;
  /** The CPU utilisation in percent above which a pod is added; `undefined` where the number is set by hand. */
  readonly targetCpuPercent: number | undefined;
}

/** The scale of an agent in a region: its own bounds before the region's, and never a least above the greatest. */
export function agentScale({ pods }: AgentSize, { agents }: RegionSettings): PodScale {
  if ("manual" in pods) return { min: pods.manual, max: pods.manual, targetCpuPercent: undefined };
  const min = Math.max(pods.min ?? 1, agents.min);
  const max = Math.max(pods.max ?? agents.max, min);
  return { min, max, targetCpuPercent: agents.targetCpuPercent };
}
