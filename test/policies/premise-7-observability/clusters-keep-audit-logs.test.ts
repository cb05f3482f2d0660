import * as aws from "@pulumi/aws";
import { clustersKeepAuditLogs } from "../../../policies/premise-7-observability/clusters-keep-audit-logs.ts";
import { testRule } from "../../support/rule-tester.ts";
import { roleFor, served } from "../programs.ts";

function cluster(enabledClusterLogTypes?: string[]): void {
  const opts = served();
  const args = { roleArn: roleFor("cluster", opts).arn, vpcConfig: { subnetIds: ["subnet-00000001"] } };
  new aws.eks.Cluster(
    "agents",
    enabledClusterLogTypes === undefined ? args : { ...args, enabledClusterLogTypes },
    opts,
  );
}

const message = (logType: string): string => `"agents" must keep its ${logType} log.`;

testRule(clustersKeepAuditLogs, {
  accepts: { "the three logs of who did what": () => cluster(["api", "audit", "authenticator"]) },
  rejects: {
    "a cluster without audit": [() => cluster(["api", "authenticator"]), message("audit")],
    "a cluster that says nothing": [() => cluster(), message("api"), message("audit"), message("authenticator")],
  },
});
