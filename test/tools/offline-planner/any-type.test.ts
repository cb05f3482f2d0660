import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import { describe, expect, it } from "vitest";
import { kindFaults } from "../../sandbox/control-plane/kinds.ts";
import { behaviourOf } from "../../../sandbox/control-plane/behaviours/index.ts";
import { ensureCatalogue } from "../../../sandbox/control-plane/catalogue/catalogue.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { planProgram } from "../../../tools/offline-planner/plan.ts";
import { ACCOUNT, STACK, served } from "./programs.ts";

const HOME = `eu-west-1:${ACCOUNT}`;

/** Resources of types for which no behaviour is written. */
function everyday(): void {
  const options = served();
  const stream = new aws.kinesis.Stream("events", { name: "events", shardCount: 1 }, options);
  const files = new aws.efs.FileSystem("files", { encrypted: true }, options);
  const network = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" }, options);
  const subnet = new aws.ec2.Subnet("subnet", { vpcId: network.id, cidrBlock: "10.0.0.0/24" }, options);
  new aws.efs.MountTarget("mount", { fileSystemId: files.id, subnetId: subnet.id }, options);
  new aws.ssm.Parameter("setting", { name: "/acme/setting", type: "String", value: "1" }, options);
  new aws.opensearch.Domain("search", { domainName: "search" }, options);
  new aws.rds.Instance(
    "database",
    { identifier: "acme", instanceClass: "db.t4g.micro", engine: "postgres", allocatedStorage: 20 },
    options,
  );
  new aws.iam.User("person", { name: "person" }, options);
  new aws.ec2.Instance("machine", { instanceType: "t4g.nano", ami: "ami-1" }, options);
  const certificate = new aws.acm.Certificate("tls", { domainName: "acme.example" }, options);
  new aws.ssm.Parameter(
    "record",
    { type: "String", value: certificate.domainValidationOptions.apply(([it]) => it!.resourceRecordName) },
    options,
  );
  const code = new aws.lambda.Function(
    "code",
    { role: "arn:aws:iam::444455556666:role/r", runtime: "nodejs22.x", handler: "i.h", name: "code" },
    options,
  );
  new aws.lambda.FunctionUrl("url", { functionName: code.name, authorizationType: "NONE" }, options);
  new aws.lambda.EventSourceMapping("mapping", { functionName: code.arn, eventSourceArn: stream.arn }, options);
}

describe("a type for which no behaviour is written", () => {
  it("can be planned, with ids and ARNs in AWS's own form", async () => {
    const { plan } = await planProgram(everyday, { stack: STACK, preview: "known" });
    const outputs = (name: string) => plan.resources.find((it) => it.name === name)?.outputs;
    expect(outputs("events")).toMatchObject({ id: "events", arn: `arn:aws:kinesis:${HOME}:stream/events` });
    const { id } = outputs("files") as { id: string };
    expect(id).toMatch(/^fs-[0-9a-f]{17}$/);
    expect(outputs("files")).toMatchObject({ arn: `arn:aws:elasticfilesystem:${HOME}:file-system/${id}` });
    expect(outputs("mount")).toMatchObject({ fileSystemId: id, region: "eu-west-1" });
    expect(outputs("setting")).toMatchObject({ arn: `arn:aws:ssm:${HOME}:parameter/acme/setting` });
    expect(outputs("search")).toMatchObject({ arn: `arn:aws:es:${HOME}:domain/search` });
    expect(outputs("database")).toMatchObject({ arn: `arn:aws:rds:${HOME}:db:acme` });
    expect(outputs("person")).toMatchObject({ arn: `arn:aws:iam::${ACCOUNT}:user/person` });
    expect(outputs("machine")?.["id"]).toMatch(/^i-[0-9a-f]{17}$/);
    expect(outputs("url")?.["functionUrl"]).toMatch(/^https:\/\//);
    expect(outputs("record")?.["value"]).toMatch(/./);
  });

  it("is planned the same each time", async () => {
    const [first, second] = [
      await planProgram(everyday, { stack: STACK, preview: "known" }),
      await planProgram(everyday, { stack: STACK, preview: "known" }),
    ];
    expect(second.plan).toEqual(first.plan);
  });

  it("has outputs of the kinds that the SDK declares", async () => {
    const catalogue = await ensureCatalogue();
    const { plan } = await planProgram(everyday, { stack: STACK, preview: "known" });
    const own = plan.resources.filter((it) => it.type.startsWith("aws:") && behaviourOf(it.type) === undefined);
    expect(own).toHaveLength(11);
    expect(own.flatMap(({ type, outputs }) => kindFaults(catalogue, type, outputs!))).toEqual([]);
  });

  it("has unknown outputs in a realistic preview", async () => {
    const { plan } = await planProgram(everyday, { stack: STACK, preview: "realistic" });
    expect(plan.resources.find((it) => it.name === "events")?.outputs).toMatchObject({
      id: UNKNOWN,
      arn: UNKNOWN,
      name: "events",
    });
  });
});

describe("objects of Kubernetes of every kind", () => {
  it("can be planned", async () => {
    const program = (): void => {
      const provider = new kubernetes.Provider("k", { kubeconfig: KUBECONFIG });
      const metadata = { name: "it" };
      const options = { provider };
      new kubernetes.rbac.v1.ClusterRoleBinding(
        "binding",
        { metadata, roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" } },
        options,
      );
      new kubernetes.networking.v1.Ingress("ingress", { metadata }, options);
      new kubernetes.core.v1.PersistentVolume("volume", { metadata }, options);
      new kubernetes.batch.v1.CronJob(
        "job",
        { metadata, spec: { schedule: "* * * * *", jobTemplate: { spec: { template: {} } } } },
        options,
      );
      new kubernetes.helm.v3.Release("release", { chart: "metrics-server", name: "metrics" }, options);
      new kubernetes.helm.v3.Release("other", { chart: "metrics-server", name: "other" }, options);
    };
    const { plan } = await planProgram(program, { stack: STACK, preview: "realistic" });
    expect(plan.resources.filter((it) => it.type.startsWith("kubernetes:"))).toHaveLength(6);
  });
});

const KUBECONFIG = JSON.stringify({ clusters: [{ name: "c", cluster: { server: "https://k8s.example" } }] });
