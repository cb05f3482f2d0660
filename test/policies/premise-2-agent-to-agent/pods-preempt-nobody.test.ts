import * as kubernetes from "@pulumi/kubernetes";
import { podsPreemptNobody } from "../../../policies/premise-2-agent-to-agent/pods-preempt-nobody.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, planOf } from "../programs.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

const priorityClass = (args: object) => () =>
  new kubernetes.scheduling.v1.PriorityClass("agents", { value: 1_000, ...args }, onCluster());
const withClass = (priorityClassName: string) =>
  planOf({ type: DEPLOYMENT, name: "agent", inputs: { spec: { template: { spec: { priorityClassName } } } } });

testRule(
  podsPreemptNobody,
  {
    accepts: {
      "a class that never preempts": priorityClass({ preemptionPolicy: "Never" }),
      "a pod without a class": () => agentOf("agent", onCluster()),
      "a pod with a class of the region": withClass("agents"),
    },
    rejects: {
      "a class that preempts": [
        priorityClass({ preemptionPolicy: "PreemptLowerPriority" }),
        '"agents" must preempt no pods.',
      ],
      "a class that says nothing, and so preempts": [priorityClass({}), '"agents" must preempt no pods.'],
      "a pod with a class of the cluster's own": [
        withClass("system-node-critical"),
        '"agent" must not have a priority class of the cluster\'s own.',
      ],
    },
  },
  { preview: "realistic" },
);
