import * as aws from "@pulumi/aws";
import { clusterEndpointIsPrivate } from "../../../policies/premise-3-private-network/cluster-endpoint-is-private.ts";
import { testRule } from "../../support/rule-tester.ts";
import { roleFor, served } from "../programs.ts";

function cluster(vpcConfig: Partial<aws.types.input.eks.ClusterVpcConfig>): void {
  const opts = served();
  const args = { roleArn: roleFor("cluster", opts).arn, vpcConfig: { subnetIds: ["subnet-00000001"], ...vpcConfig } };
  new aws.eks.Cluster("agents", args, opts);
}

const PUBLIC = '"agents" must not have a public API endpoint.';
const PRIVATE = '"agents" must have a private API endpoint.';

testRule(clusterEndpointIsPrivate, {
  accepts: { "a private endpoint": () => cluster({ endpointPublicAccess: false, endpointPrivateAccess: true }) },
  rejects: {
    "a public endpoint beside the private one": [
      () => cluster({ endpointPublicAccess: true, endpointPrivateAccess: true }),
      PUBLIC,
    ],
    "what EKS does when nothing is said": [() => cluster({}), PUBLIC, PRIVATE],
    "no endpoint at all": [() => cluster({ endpointPublicAccess: false, endpointPrivateAccess: false }), PRIVATE],
  },
});
