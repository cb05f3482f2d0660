import type { PlannedResource } from "../../../../plan/model.ts";
import { nodesEncryptWhatTheySend } from "../../../../policies/premise-3-private-network/encryption/nodes-encrypt-what-they-send.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf } from "../../programs.ts";

const ENCRYPTS = {
  key: "eks.amazonaws.com/instance-encryption-in-transit-supported",
  operator: "In",
  values: ["true"],
};
const TYPES = { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m6i.large", "c6i.xlarge"] };

function pool(...requirements: readonly unknown[]) {
  const inputs = { spec: { template: { spec: { requirements } } } } as unknown as PlannedResource["inputs"];
  return planOf({ type: "kubernetes:karpenter.sh/v1:NodePool", name: "pool", inputs });
}

function cluster(...nodePools: readonly string[]) {
  return planOf({ type: "aws:eks/cluster:Cluster", name: "cluster", inputs: { computeConfig: { nodePools } } });
}

const PLAIN = '"pool" must require nodes that encrypt what they send each other.';
const TYPED = '"pool" must name only instance types that encrypt what they send each other.';
const BUILT_IN =
  '"cluster" must have no built-in pool but "system": its nodes need not encrypt what they send each other.';

testRule(nodesEncryptWhatTheySend, {
  accepts: {
    "a pool of types that encrypt": pool(ENCRYPTS, TYPES),
    "a pool of every type that encrypts": pool(ENCRYPTS),
    "a pool that leaves out a type": pool(ENCRYPTS, { ...TYPES, operator: "NotIn", values: ["m5.large"] }),
    "a cluster with the pool for what AWS runs": cluster("system"),
    "a cluster without a built-in pool": cluster(),
  },
  rejects: {
    "a pool that asks nothing": [pool(TYPES), PLAIN],
    "a pool of nodes that do not encrypt": [pool({ ...ENCRYPTS, values: ["false"] }, TYPES), PLAIN],
    "a pool of nodes that may encrypt": [pool({ ...ENCRYPTS, values: ["true", "false"] }, TYPES), PLAIN],
    "a pool of all but nodes that encrypt": [pool({ ...ENCRYPTS, operator: "NotIn" }, TYPES), PLAIN],
    "a pool that names a type that does not encrypt": [
      pool(ENCRYPTS, { ...TYPES, values: ["m6i.large", "m6g.large"] }),
      TYPED,
    ],
    "a pool of a type that nobody knows": [pool(ENCRYPTS, { ...TYPES, values: ["t3.large"] }), TYPED],
    "a cluster with the built-in pool for everybody": [cluster("system", "general-purpose"), BUILT_IN],
  },
});
