import * as aws from "@pulumi/aws";
import { serviceLogsHaveAGroup } from "../../../policies/premise-7-observability/service-logs-have-a-group.ts";
import { testRule } from "../../support/rule-tester.ts";
import { databaseOf, keyOf } from "../data-programs.ts";
import type { Plan } from "../../../plan/model.ts";
import { planOf, roleFor, served, urnOf } from "../programs.ts";

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

/** An endpoint of a runtime, and a log group. */
function endpoint({ group = OF_ENDPOINT, hasKey = true, comesAfter = true }: Told): Plan {
  const type = "aws:cloudwatch/logGroup:LogGroup";
  return planOf(
    { type, name: "logs", inputs: { name: group, ...(hasKey && { kmsKeyId: "arn:key" }) } },
    {
      type: "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
      name: "server",
      inputs: { agentRuntimeId: "server-0123456789", name: "production" },
      dependencies: comesAfter ? [urnOf(type, "logs")] : [],
    },
  );
}

const OF_ENDPOINT = "/aws/bedrock-agentcore/runtimes/server-0123456789-production";
const ENDPOINT = `"server" must come after the log group ${OF_ENDPOINT}, which has a key.`;
const MESSAGE = `"cluster" must come after the log group ${GROUP}, which has a key.`;

testRule(serviceLogsHaveAGroup, {
  accepts: {
    "a cluster after its group": () => cluster({}),
    "a cluster without logs": () => cluster({ group: "other", logTypes: [] }),
    "an endpoint of a runtime after its group": endpoint({}),
    "a database after its group": () => database("/aws/rds/cluster/database/postgresql"),
  },
  rejects: {
    "a cluster without a group": [() => cluster({ group: "/aws/eks/other/cluster" }), MESSAGE],
    "a group without a key": [() => cluster({ hasKey: false }), MESSAGE],
    "a group that may come later": [() => cluster({ comesAfter: false }), MESSAGE],
    "an endpoint of a runtime with the group of another endpoint": [
      endpoint({ group: "/aws/bedrock-agentcore/runtimes/server-0123456789-DEFAULT" }),
      ENDPOINT,
    ],
    "an endpoint of a runtime whose group has no key": [endpoint({ hasKey: false }), ENDPOINT],
    "an endpoint of a runtime that may write before there is a group": [endpoint({ comesAfter: false }), ENDPOINT],
    "a database without a group": [
      () => database("/aws/rds/cluster/other/postgresql"),
      '"database" must come after the log group /aws/rds/cluster/database/postgresql, which has a key.',
    ],
  },
});
