import type { PlannedResource } from "../../../../plan/model.ts";
import { nodePoolsMakeNodes } from "../../../../policies/premise-2-agent-to-agent/running/node-pools-make-nodes.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf } from "../../programs.ts";

const TYPES = { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m6i.large"] };
const TAINT = { key: "workload-type", value: "compute-intensive", effect: "NoSchedule" };

function pool(requirements: readonly unknown[], taints?: readonly unknown[], name = "ai-agents-general") {
  const spec = { template: { spec: { requirements, taints } } };
  const inputs = { metadata: { name }, spec } as unknown as PlannedResource["inputs"];
  return planOf({ type: "kubernetes:karpenter.sh/v1:NodePool", name: "pool", inputs });
}

const compute = (...taints: readonly unknown[]) => pool([TYPES], taints, "ai-agents-compute");
const UNMET = '"pool" must require what nodes have.';
const OPEN = '"pool" must keep off what does not tolerate workload-type=compute-intensive.';
const SILENT = '"pool" must say what its taints do.';

testRule(nodePoolsMakeNodes, {
  accepts: {
    "a pool of instance types": pool([TYPES]),
    "a pool of one architecture": pool([TYPES, { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] }]),
    "a pool of newer instances": pool([
      { key: "eks.amazonaws.com/instance-generation", operator: "Gt", values: ["5"] },
    ]),
    "a pool whose nodes have a zone": pool([{ key: "topology.kubernetes.io/zone", operator: "Exists" }]),
    "the pool for much computing": compute(TAINT),
  },
  rejects: {
    "a label that no node has": [pool([{ ...TYPES, key: "node.kubernetes.io/instance-size" }]), UNMET],
    "a requirement of no label": [pool([{ operator: "In", values: ["m6i.large"] }]), UNMET],
    "an operator that Karpenter does not know": [pool([{ ...TYPES, operator: "OneOf" }]), UNMET],
    "no value": [pool([{ ...TYPES, values: [] }]), UNMET],
    "an instance type that does not exist": [pool([{ ...TYPES, values: ["m6i.large", "m6i.huge"] }]), UNMET],
    "a pool for much computing that takes everybody": [compute(), OPEN],
    "a pool for much computing that keeps others off by another taint": [compute({ ...TAINT, key: "workload" }), OPEN],
    "a taint without an effect": [pool([TYPES], [{ key: "team", value: "data" }]), SILENT],
  },
});
