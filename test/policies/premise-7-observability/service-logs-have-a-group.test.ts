import * as aws from "@pulumi/aws";
import { serviceLogsHaveAGroup } from "../../../policies/premise-7-observability/service-logs-have-a-group.ts";
import { testRule } from "../../support/rule-tester.ts";
import { databaseOf, keyOf } from "../data-programs.ts";
import { roleFor, served } from "../programs.ts";

interface Told {
  readonly group?: string;
  readonly hasKey?: boolean;
  readonly comesAfter?: boolean;
  readonly logTypes?: string[];
}

const GROUP = "/aws/eks/alicerce/cluster";

/** A cluster that writes an audit log, and a log group. */
function cluster({ group = GROUP, hasKey = true, comesAfter = true, logTypes = ["audit"] }: Told): void {
  const opts = served();
  const logs = new aws.cloudwatch.LogGroup("logs", { name: group, ...(hasKey && { kmsKeyId: keyOf(opts).arn }) }, opts);
  new aws.eks.Cluster(
    "cluster",
    {
      name: "alicerce",
      roleArn: roleFor("cluster", opts).arn,
      vpcConfig: { subnetIds: ["subnet-00000001"] },
      enabledClusterLogTypes: logTypes,
    },
    { ...opts, ...(comesAfter && { dependsOn: [logs] }) },
  );
}

/** A database that writes a log, and the group for it. */
function database(name: string): void {
  const opts = served();
  const key = keyOf(opts);
  const logs = new aws.cloudwatch.LogGroup("logs", { name, kmsKeyId: key.arn }, opts);
  databaseOf({ ...opts, dependsOn: [logs] }, { key });
}

const MESSAGE = `"cluster" must come after the log group ${GROUP}, which has a key.`;

testRule(serviceLogsHaveAGroup, {
  accepts: {
    "a cluster after its group": () => cluster({}),
    "a cluster without logs": () => cluster({ group: "other", logTypes: [] }),
    "a database after its group": () => database("/aws/rds/cluster/database/postgresql"),
  },
  rejects: {
    "a cluster without a group": [() => cluster({ group: "/aws/eks/other/cluster" }), MESSAGE],
    "a group without a key": [() => cluster({ hasKey: false }), MESSAGE],
    "a group that may come later": [() => cluster({ comesAfter: false }), MESSAGE],
    "a database without a group": [
      () => database("/aws/rds/cluster/other/postgresql"),
      '"database" must come after the log group /aws/rds/cluster/database/postgresql, which has a key.',
    ],
  },
});
