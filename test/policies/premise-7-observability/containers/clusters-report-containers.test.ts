import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { applicationLogs } from "../../../../components/observability/fluent-bit.ts";
import { nodeLogGroups } from "../../../../contracts/records/container-logs.ts";
import { clustersReportContainers } from "../../../../policies/premise-7-observability/containers/clusters-report-containers.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { roleFor, served } from "../../programs.ts";

const NAME = "alicerce";
const REGION_STACK = "production.eu-west-1";

interface Changes {
  readonly addOn?: Partial<aws.eks.AddonArgs>;
  readonly association?: Partial<aws.eks.PodIdentityAssociationArgs>;
  readonly logs?: string;
  readonly monitorAllServices?: boolean;
  readonly without?: "add-on" | "association" | "key" | "group" | "order";
}

function cluster({
  addOn,
  association,
  logs = applicationLogs(NAME),
  monitorAllServices = false,
  without,
}: Changes): void {
  const opts = served({ tags: {} });
  const vpcConfig = { subnetIds: ["subnet-00000001"] };
  const agents = new aws.eks.Cluster("agents", { name: NAME, roleArn: roleFor("cluster", opts).arn, vpcConfig }, opts);
  const key = new aws.kms.Key("key", {}, opts);
  const groups: pulumi.Resource[] = nodeLogGroups(NAME)
    .slice(without === "group" ? 1 : 0)
    .map((name) => new aws.cloudwatch.LogGroup(name, { name, ...(without !== "key" && { kmsKeyId: key.arn }) }, opts));
  if (without !== "association") {
    const roleArn = roleFor("reports", opts).arn;
    const pods = { clusterName: NAME, namespace: "amazon-cloudwatch", serviceAccount: "cloudwatch-agent", roleArn };
    new aws.eks.PodIdentityAssociation("reports", { ...pods, ...association }, { ...opts, dependsOn: [agents] });
  }
  if (without === "add-on") return;
  const configurationValues = JSON.stringify({
    containerLogs: { fluentBit: { config: { extraFiles: { "application-log.conf": logs } } } },
    manager: { applicationSignals: { autoMonitor: { monitorAllServices } } },
  });
  new aws.eks.Addon(
    "containers",
    { clusterName: NAME, addonName: "amazon-cloudwatch-observability", configurationValues, ...addOn },
    { ...opts, dependsOn: without === "order" ? [agents] : [agents, ...groups] },
  );
}

const noAddOn = '"agents" must have the add-on amazon-cloudwatch-observability, of version 8 or later.';
const noRole = '"agents" must give the agents of amazon-cloudwatch-observability a role of its own stack.';
const noGroup = (name: string): string =>
  `"agents" must have the log group /aws/containerinsights/${NAME}/${name}, with a key, before what writes to it.`;
const mixed = '"containers" must send the logs of each namespace to a group of its own, and make none.';
const groups = ["application", "dataplane", "host", "performance"] as const;
const [application, dataplane, host, performance] = groups.map(noGroup) as [string, string, string, string];

testRule(
  clustersReportContainers,
  {
    accepts: {
      "an add-on with a role, after its groups": () => cluster({}),
      "a version that receives OTLP": () => cluster({ addOn: { addonVersion: "v8.1.0-eksbuild.1" } }),
    },
    rejects: {
      "a cluster without it": [() => cluster({ without: "add-on" }), noAddOn],
      "another add-on": [() => cluster({ addOn: { addonName: "adot" } }), noAddOn],
      "a version without OTLP": [() => cluster({ addOn: { addonVersion: "v6.2.0-eksbuild.1" } }), noAddOn],
      "agents without a role": [() => cluster({ without: "association" }), noRole],
      "a role for another service account": [() => cluster({ association: { serviceAccount: "default" } }), noRole],
      "a role of another account": [
        () => cluster({ association: { roleArn: "arn:aws:iam::999999999999:role/reports" } }),
        noRole,
      ],
      "a group that the agents would make": [() => cluster({ without: "group" }), application],
      "groups without a key": [() => cluster({ without: "key" }), application, dataplane, host, performance],
      "groups that may come later": [() => cluster({ without: "order" }), application, dataplane, host, performance],
      "one group for the logs of all tenants": [
        () => cluster({ logs: applicationLogs(NAME).replace(/^.*log_group_template.*\n/m, "") }),
        mixed,
      ],
      "a second place for the logs of all": [
        () => cluster({ logs: `${applicationLogs(NAME)}\n[OUTPUT]\n  Name s3\n  Match *\n` }),
        mixed,
      ],
      "groups that Fluent Bit makes": [
        () => cluster({ logs: applicationLogs(NAME).replace("auto_create_group false", "auto_create_group true") }),
        mixed,
      ],
      "the defaults of the add-on": [
        () => cluster({ addOn: { configurationValues: "{}" } }),
        mixed,
        '"containers" must not put code into the pods of others (monitorAllServices).',
      ],
      "code put into pods": [
        () => cluster({ monitorAllServices: true }),
        '"containers" must not put code into the pods of others (monitorAllServices).',
      ],
    },
  },
  { stack: REGION_STACK },
);
