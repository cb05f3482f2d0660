import * as aws from "@pulumi/aws";
import pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../plan/model.ts";
import { planProgram, PlanError } from "../../../tools/offline-planner/plan.ts";
import { decode, holdsUnknown } from "../../../sandbox/control-plane/wire.ts";
import { ACCOUNT, Anything, inputsOf, refusal, served, STACK } from "./programs.ts";
import { matching } from "../../sandbox/control-plane/matching.ts";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const rejections: unknown[] = [];
const note = (error: unknown): void => void rejections.push(error);

/** A VPC with a subnet: the subnet says what the VPC is only known to be once it is made. */
function network(): object {
  const opts = served();
  const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16", tags: { owner: "tests" } }, opts);
  const subnet = new aws.ec2.Subnet("s", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, opts);
  return { vpcArn: vpc.arn, subnetId: subnet.id, cidrBlock: vpc.cidrBlock };
}

describe("the plan of a program", () => {
  it("has every resource with its inputs, provider, parent and dependencies", async () => {
    const planned = await planProgram(network, { stack: STACK });
    const urn = (type: string, name: string) => `urn:pulumi:${STACK}::alicerce::${type}::${name}`;
    expect(planned.plan).toMatchObject({ stack: STACK, complete: true });
    expect(planned.plan.resources.map((it) => it.urn)).toEqual([
      urn("pulumi:pulumi:Stack", `alicerce-${STACK}`),
      urn("pulumi:providers:aws", "aws"),
      urn("aws:ec2/vpc:Vpc", "v"),
      urn("aws:ec2/subnet:Subnet", "s"),
    ]);
    expect(planned.plan.resources.at(-1)).toMatchObject({
      custom: true,
      parent: urn("pulumi:pulumi:Stack", `alicerce-${STACK}`),
      provider: urn("pulumi:providers:aws", "aws"),
      dependencies: [urn("aws:ec2/vpc:Vpc", "v")],
      propertyDependencies: { vpcId: [urn("aws:ec2/vpc:Vpc", "v")], cidrBlock: [] },
    });
    expect(planned.warnings).toEqual([]);
    expect(planned.durationMs).toBeGreaterThan(0);
  });

  it("knows in the known preview what the sandbox will answer", async () => {
    const planned = await planProgram(network, { stack: STACK, preview: "known" });
    expect(inputsOf(planned, "s")["vpcId"]).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(planned.outputs).toEqual({
      vpcArn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/${String(inputsOf(planned, "s")["vpcId"])}`,
      subnetId: matching(/^subnet-[0-9a-f]{17}$/),
      cidrBlock: "10.0.0.0/16",
    });
    expect(planned.plan.resources.filter((it) => holdsUnknown([it.inputs, it.outputs]))).toEqual([]);
  });

  it("leaves unknown in the realistic preview what a cloud computes, and only that", async () => {
    const planned = await planProgram(network, { stack: STACK, preview: "realistic" });
    const known = await planProgram(network, { stack: STACK, preview: "known" });
    expect(inputsOf(planned, "s")).toEqual({ ...inputsOf(known, "s"), vpcId: UNKNOWN });
    expect(decode(planned.outputs)).toEqual({ vpcArn: UNKNOWN, subnetId: UNKNOWN, cidrBlock: "10.0.0.0/16" });
    for (const { outputs, name, custom } of planned.plan.resources) {
      if (custom) expect(outputs?.["id"], name).toBe(UNKNOWN);
    }
  });

  it("holds no id of anything in the realistic preview, at any depth", async () => {
    const text = (preview: "known" | "realistic") =>
      planProgram(network, { stack: STACK, preview }).then((it) => JSON.stringify(it));
    const ids = /\b(vpc|subnet|rtb|sg|acl|dopt)-[0-9a-f]{17}\b|arn:aws:ec2/;
    expect(await text("known")).toMatch(ids);
    expect(await text("realistic")).not.toMatch(ids);
  });

  it("has secrets as plain inputs, and wrapped in the stack's outputs", async () => {
    const planned = await planProgram(
      () => {
        const comment = pulumi.secret("hush");
        const zone = new aws.route53.Zone("z", { name: "example.com", comment, tags: { note: comment } }, served());
        return { comment: zone.comment, name: zone.name, nested: { tags: zone.tags } };
      },
      { stack: STACK },
    );
    expect(inputsOf(planned, "z")).toMatchObject({ comment: "hush", tags: { note: "hush" } });
    expect(planned.outputs).toEqual({
      comment: { ...SECRET, value: "hush" },
      name: "example.com",
      nested: { tags: { ...SECRET, value: { note: "hush" } } },
    });
  });

  it("wraps what the SDK knows to be secret", async () => {
    const planned = await planProgram(
      () => {
        const opts = served();
        const pool = new aws.cognito.UserPool("p", {}, opts);
        return new aws.cognito.UserPoolClient("c", { userPoolId: pool.id, generateSecret: true }, opts).clientSecret;
      },
      { stack: STACK },
    );
    expect(planned.plan.resources.at(-1)?.outputs?.["clientSecret"]).toMatch(/^[0-9a-f]{52}$/);
  });

  it("answers data sources, to a provider of its own or to the default one", async () => {
    const planned = await planProgram(
      async () => ({
        own: (await aws.getCallerIdentity({}, served())).accountId,
        region: (await aws.getRegion({})).region,
        json: aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["a:B"] }] }).json.apply(JSON.parse),
      }),
      { stack: STACK },
    );
    expect(planned.outputs).toEqual({
      own: ACCOUNT,
      region: "eu-west-1",
      json: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "a:B" }] },
    });
    expect(planned.plan.resources.filter((it) => it.type === "pulumi:providers:aws")).toHaveLength(2);
  });

  it("serves resources whose names hold the separator of URNs", async () => {
    const planned = await planProgram(
      () => new aws.cloudwatch.LogGroup("a::b", {}, served("eu-west-1", "aws::ireland")),
      { stack: STACK },
    );
    expect(planned.plan.resources.at(-1)?.provider).toMatch(/::aws::ireland$/);
    expect(planned.plan.resources.at(-1)?.inputs["name"]).toMatch(/^a::b-[0-9a-f]{7}$/);
  });

  it("leaves everything unknown that a provider serves whose configuration is unknown", async () => {
    const program = () => {
      const { endpoint } = new aws.eks.Cluster("k", { roleArn: "r", vpcConfig: { subnetIds: [] } }, served());
      const region = endpoint.apply(() => "eu-west-1" as const);
      const provider = new aws.Provider("late", { region });
      return { caller: aws.getCallerIdentityOutput({}, { provider }), arn: new aws.ec2.Vpc("v", {}, { provider }).arn };
    };
    const planned = await planProgram(program, { stack: STACK, preview: "realistic" });
    expect(decode(planned.outputs)).toMatchObject({ arn: UNKNOWN });
    expect(JSON.stringify(planned.outputs)).not.toContain("deployer");
  });
});

describe("plans in one process", () => {
  afterEach(() => {
    process.off("unhandledRejection", note);
    rejections.length = 0;
  });

  it("leave nothing behind for the next", async () => {
    const named = () => new aws.cloudwatch.LogGroup("a", { name: "audit" }, served());
    const first = await planProgram(named, { stack: STACK });
    const second = await planProgram(named, { stack: STACK });
    expect(second.plan).toEqual(first.plan);
  });

  it("leave no failure behind for the next, nor for the process", async () => {
    process.on("unhandledRejection", note);
    const broken = await refusal(() => {
      new Anything("aws:ec2/vpc:Vpc", "bad", { cidrBlok: "" }, served());
      new aws.ec2.Vpc("v", {}, served("eu-west-1", "b")).id.apply(() => {
        throw new Error("nobody listens");
      });
    });
    expect(broken.faults).toEqual([expect.stringContaining('"bad": cidrBlok: unknown property')]);
    const heard = rejections.length;
    await expect(planProgram(network, { stack: STACK })).resolves.toMatchObject({ address: STACK });
    expect(rejections).toHaveLength(heard);
  });

  it("do not mix when they are asked for at once", async () => {
    const limit = Error.stackTraceLimit;
    const program = (name: string) => async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (name === "c") throw new Error("c fails");
      const group = new aws.cloudwatch.LogGroup(name, { name: "audit" }, served());
      return { stack: pulumi.getStack(), name: group.arn };
    };
    const names = ["a", "b", "c", "d"];
    const plans = await Promise.allSettled(names.map((it) => planProgram(program(it), { stack: `production.${it}` })));
    const [a, b, c, d] = plans.map((it) => (it.status === "fulfilled" ? it.value : (it.reason as PlanError)));
    for (const [name, it] of [
      ["a", a],
      ["b", b],
      ["d", d],
    ] as const) {
      if (it === undefined || it instanceof PlanError) throw it ?? new Error(name);
      expect(it.outputs["stack"]).toBe(`production.${name}`);
      expect(it.plan.resources.map((each) => each.name)).toEqual([`alicerce-production.${name}`, "aws", name]);
    }
    expect(c).toMatchObject({ address: "production.c", faults: [expect.stringContaining("c fails")] });
    expect(Error.stackTraceLimit).toBe(limit);
  });
});
