import type { PlannedResource } from "../../../../plan/model.ts";
import { nodePoolsAreBounded } from "../../../../policies/premise-2-agent-to-agent/running/node-pools-are-bounded.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { agentOf, onCluster, planOf } from "../../programs.ts";

const ON_DEMAND = { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] };

function pool(limits: unknown, requirements: readonly unknown[]) {
  const inputs = { spec: { limits, template: { spec: { requirements } } } } as unknown as PlannedResource["inputs"];
  return planOf({ type: "kubernetes:karpenter.sh/v1:NodePool", name: "pool", inputs });
}

const LIMITS = { cpu: "40", memory: "160Gi" };
const UNBOUNDED = '"pool" must have a limit of CPU and of memory.';
const CAPACITY = '"pool" must require its capacity to be among on-demand and spot.';

testRule(
  nodePoolsAreBounded,
  {
    accepts: {
      "a pool of on-demand capacity with both limits": pool(LIMITS, [ON_DEMAND]),
      "a pool that takes Spot capacity, too": pool(LIMITS, [{ ...ON_DEMAND, values: ["spot", "on-demand"] }]),
    },
    rejects: {
      "a pool without limits": [pool(undefined, [ON_DEMAND]), UNBOUNDED],
      "a pool with a limit of CPU alone": [pool({ cpu: "40" }, [ON_DEMAND]), UNBOUNDED],
      "a pool with a limit of nothing": [pool({ cpu: "0", memory: "160Gi" }, [ON_DEMAND]), UNBOUNDED],
      "a pool with a limit that is no quantity": [pool({ cpu: "many", memory: "160Gi" }, [ON_DEMAND]), UNBOUNDED],
      "a pool of whichever capacity": [pool(LIMITS, []), CAPACITY],
      "a pool of all capacity but one": [pool(LIMITS, [{ ...ON_DEMAND, operator: "NotIn" }]), CAPACITY],
      "a pool of a capacity that nobody knows": [pool(LIMITS, [{ ...ON_DEMAND, values: ["free"] }]), CAPACITY],
    },
    ignores: { "an agent": () => void agentOf("support", onCluster()) },
  },
  { preview: "realistic" },
);
