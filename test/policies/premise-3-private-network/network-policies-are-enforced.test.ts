import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import { networkPoliciesAreEnforced } from "../../../policies/premise-3-private-network/network-policies-are-enforced.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, roleFor, served } from "../programs.ts";

function cluster(settings?: { readonly namespace: string; readonly enforced: string }): void {
  const opts = served();
  const vpcConfig = { subnetIds: ["subnet-00000001"] };
  new aws.eks.Cluster("agents", { roleArn: roleFor("cluster", opts).arn, vpcConfig }, opts);
  if (settings === undefined) return;
  const { namespace, enforced } = settings;
  const args = {
    metadata: { name: "amazon-vpc-cni", namespace },
    data: { "enable-network-policy-controller": enforced },
  };
  new kubernetes.core.v1.ConfigMap("settings", args, onCluster());
}

const message = 'The network policies of "agents" must be enforced by a setting of amazon-vpc-cni.';

testRule(
  networkPoliciesAreEnforced,
  {
    accepts: { "a cluster with the setting": () => cluster({ namespace: "kube-system", enforced: "true" }) },
    rejects: {
      "a cluster without it": [() => cluster(), message],
      "a setting in another namespace": [() => cluster({ namespace: "default", enforced: "true" }), message],
      "a setting that enforces nothing": [() => cluster({ namespace: "kube-system", enforced: "false" }), message],
    },
  },
  { preview: "realistic" },
);
