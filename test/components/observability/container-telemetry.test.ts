import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { applicationLogs } from "../../../components/observability/fluent-bit.ts";
import { ContainerTelemetry } from "../../../components/observability/container-telemetry.ts";
import { planned, statements, testBoundary, testKey, awsOf } from "../planned.ts";

const CLUSTER = "arn:aws:eks:eu-west-1:111122223333:cluster/alicerce";

const plan = () =>
  planned((opts) => {
    const vpcConfig = { subnetIds: ["subnet-00000001"] };
    const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const served = { provider: awsOf(opts) };
    const roleArn = new aws.iam.Role("cluster", { assumeRolePolicy: trust }, served).arn;
    const eks = new aws.eks.Cluster("alicerce", { name: "alicerce", roleArn, vpcConfig }, served);
    const cluster = { name: "alicerce", arn: CLUSTER };
    const kmsKeyArn = testKey(opts).arn;
    new ContainerTelemetry(
      "containers",
      { place: testBoundary(opts), cluster, kmsKeyArn, namespaces: ["keycloak"] },
      { ...opts, dependsOn: [eks] },
    );
  });

describe("ContainerTelemetry", () => {
  it("has its groups, for a year and under the key, before the agents that write to them", async () => {
    const it = await plan();
    const addOn = it.one("aws:eks/addon:Addon", "containers");
    expect(addOn.inputs).toMatchObject({ addonName: "amazon-cloudwatch-observability", clusterName: "alicerce" });
    const groups = it
      .names("aws:cloudwatch/logGroup:LogGroup")
      .map((name) => it.one("aws:cloudwatch/logGroup:LogGroup", name));
    expect(groups.map(({ inputs }) => inputs["name"]).toSorted()).toEqual(
      ["application", "dataplane", "host", "namespaces/keycloak", "performance"].map(
        (name) => `/aws/containerinsights/alicerce/${name}`,
      ),
    );
    for (const group of groups) {
      expect(group.inputs["retentionInDays"]).toBe(365);
      expect(group.propertyDependencies?.["kmsKeyId"]).toEqual([it.one("aws:kms/key:Key", "key").urn]);
      expect(addOn.dependencies).toContain(group.urn);
    }
  });

  it("has a role that its own pods alone get, and that reads nothing", async () => {
    const it = await plan();
    const trust = statements(it.inputs("aws:iam/role:Role", "containers")["assumeRolePolicy"]);
    expect(trust).toMatchObject([
      {
        Principal: { Service: "pods.eks.amazonaws.com" },
        Condition: {
          StringEquals: {
            "aws:SourceArn": CLUSTER,
            "aws:RequestTag/kubernetes-namespace": "amazon-cloudwatch",
            "aws:RequestTag/kubernetes-service-account": "cloudwatch-agent",
          },
        },
      },
    ]);
    const [logs] = statements(it.inputs("aws:iam/rolePolicy:RolePolicy", "containers")["policy"]);
    expect(logs).toMatchObject({
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/containerinsights/alicerce/*",
    });
  });

  it("puts nothing into pods", async () => {
    const { configurationValues } = (await plan()).inputs("aws:eks/addon:Addon", "containers");
    expect(JSON.parse(String(configurationValues))).toMatchObject({
      manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } },
    });
  });
});

describe("applicationLogs", () => {
  it("sends the logs of each namespace to the group of it, and makes no group", () => {
    const lines = applicationLogs("alicerce")
      .split("\n")
      .map((line) => line.trim());
    expect(lines).toContain(
      "log_group_template /aws/containerinsights/alicerce/namespaces/$kubernetes['namespace_name']",
    );
    expect(lines).toContain("auto_create_group false");
    expect(lines.filter((line) => line === "[OUTPUT]")).toHaveLength(1);
  });
});
