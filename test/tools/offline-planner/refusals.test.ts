import * as aws from "@pulumi/aws";
import * as keycloak from "@pulumi/keycloak";
import * as kubernetes from "@pulumi/kubernetes";
import pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ACCOUNT, Anything, refusal, served, STACK } from "./programs.ts";
import { matching } from "../../sandbox/control-plane/matching.ts";

const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const VPC = "aws:ec2/vpc:Vpc";
const URN = `urn:pulumi:${STACK}::alicerce`;

describe("the offline planner refuses", () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      "an unknown type",
      () => new Anything("aws:ec2/vpcs:Vpcs", "v", {}, served()),
      /^aws:ec2\/vpcs:Vpcs "v": unknown resource type "aws:ec2\/vpcs:Vpcs"; similar: aws:ec2\/vpc:Vpc/,
    ],
    [
      "an unknown type of an unknown module",
      () => new Anything("aws:nowhere/thing:Thing", "t", {}, served()),
      /^aws:nowhere\/thing:Thing "t": unknown resource type/,
    ],
    [
      "an unknown property",
      () => new Anything(VPC, "v", { cidrBlok: "10.0.0.0/16" }, served()),
      /^aws:ec2\/vpc:Vpc "v": cidrBlok: unknown property; similar: cidrBlock/,
    ],
    [
      "a wrong type",
      () => new Anything(VPC, "v", { cidrBlock: 10 }, served()),
      /^aws:ec2\/vpc:Vpc "v": cidrBlock: must be a string, not a number$/,
    ],
    [
      "a missing required nested property",
      () =>
        new Anything(
          "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
          "r",
          { agentRuntimeName: "r", roleArn: "r", agentRuntimeArtifact: { containerConfiguration: {} } },
          served(),
        ),
      /"r": agentRuntimeArtifact\.containerConfiguration\.containerUri: missing required property/,
    ],
    [
      "a number beyond AWS's range",
      () => new Anything("aws:sqs/queue:Queue", "q", { delaySeconds: 901 }, served()),
      /^aws:sqs\/queue:Queue "q": delaySeconds: must be at most 900 \(SQS API reference, delaySeconds\), not 901$/,
    ],
    [
      "the length of a secret, whose value it does not tell",
      () => new Anything("aws:sqs/queue:Queue", "q", { name: pulumi.secret("hunter2".repeat(12)) }, served()),
      /^aws:sqs\/queue:Queue "q": name: must have at most 80 characters \(SQS API reference, name\)$/,
    ],
    [
      "a bad enum value",
      () => new Anything(LOGS, "l", { logGroupClass: "CHEAP" }, served()),
      /^aws:cloudwatch\/logGroup:LogGroup "l": logGroupClass: must be one of .*STANDARD.*, not "CHEAP"$/,
    ],
    [
      "every fault of a resource at once",
      () => new Anything(VPC, "v", { cidrBlock: 10, nonsense: true }, served()),
      /"v": cidrBlock: must be a string, not a number; nonsense: unknown property/,
    ],
    [
      "an unknown property in realistic inputs too",
      () =>
        new Anything(
          "aws:ec2/subnet:Subnet",
          "s",
          { vpcId: new aws.ec2.Vpc("v", {}, served()).id, cidr: 1 },
          served("eu-west-1", "b"),
        ),
      /^aws:ec2\/subnet:Subnet "s": cidr: unknown property/,
    ],
  ])("%s", async (_, program, message) => {
    for (const preview of ["known", "realistic"] as const) {
      const error = await refusal(program, preview);
      expect(error).toMatchObject({ code: "ERR_PLAN", name: "PlanError", address: STACK });
      expect(error.faults).toEqual([matching(message)]);
      expect(error.message).toBe(`${STACK} cannot be planned:\n  ${error.faults[0]}`);
    }
  });

  it("a physical name that another resource bears", async () => {
    const { faults } = await refusal(() => {
      const opts = served();
      const first = new aws.cloudwatch.LogGroup("a", { name: "audit" }, opts);
      new aws.cloudwatch.LogGroup("b", { name: "audit" }, { ...opts, dependsOn: first });
    });
    expect(faults).toEqual([
      `${LOGS} "b": AlreadyExists: "audit" already exists in account ${ACCOUNT}, region eu-west-1 (${URN}::${LOGS}::a)`,
    ]);
  });

  it("a URN that another resource has", async () => {
    const { faults } = await refusal(() => {
      const opts = served();
      new aws.cloudwatch.LogGroup("a", {}, opts);
      new aws.cloudwatch.LogGroup("a", {}, opts);
    });
    expect(faults).toEqual([`duplicate resource URN "${URN}::${LOGS}::a": give one of the two another name`]);
  });

  it("a reference to what does not exist", async () => {
    const vpcId = "vpc-0123456789abcdef0";
    const { faults } = await refusal(() => new aws.ec2.Subnet("s", { vpcId, cidrBlock: "10.0.0.0/24" }, served()));
    expect(faults).toEqual([
      `aws:ec2/subnet:Subnet "s": ResourceNotFound: vpcId refers to ${vpcId}, which does not exist in account ${ACCOUNT}, region eu-west-1`,
    ]);
  });

  it("a reference to what exists in another region only", async () => {
    const { faults } = await refusal(() => {
      const { id: vpcId } = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" }, served("us-east-1", "elsewhere"));
      new aws.ec2.Subnet("s", { vpcId, cidrBlock: "10.0.0.0/24" }, served());
    });
    expect(faults).toEqual([
      matching(/^aws:ec2\/subnet:Subnet "s": ResourceNotFound: vpcId refers to vpc-.* region eu-west-1$/),
    ]);
  });

  it("a reference to what exists in another account only", async () => {
    const { faults } = await refusal(() => {
      const other = new aws.Provider("other", { region: "eu-west-1", allowedAccountIds: ["999988887777"] });
      const { name } = new aws.iam.Role("r", { assumeRolePolicy: "{}" }, { provider: other });
      new aws.iam.RolePolicy("p", { role: name, policy: "{}" }, served());
    });
    expect(faults).toEqual([matching(/^aws:iam\/rolePolicy:RolePolicy "p": ResourceNotFound: role refers to r-/)]);
  });

  it("a data source that it does not know", async () => {
    const { faults } = await refusal(() => aws.ec2.getAmi({ owners: ["self"] }, served()));
    expect(faults).toEqual(['UnknownDataSource: the sandbox does not answer the data source "aws:ec2/getAmi:getAmi"']);
  });

  it("arguments of a data source that it would have to guess at", async () => {
    const args: aws.iam.GetPolicyDocumentArgs = { statements: [{ action: ["s3:GetObject"] } as object] };
    const { faults } = await refusal(() => aws.iam.getPolicyDocument(args, served()));
    expect(faults).toEqual([
      matching(
        /^InvalidArgument: aws:iam\/getPolicyDocument:getPolicyDocument: statements\[0\]\.action: unknown property; similar: actions/,
      ),
    ]);
  });

  it("to read another stack before that one is planned", async () => {
    const { faults } = await refusal(() => new pulumi.StackReference("organization/alicerce/elsewhere"));
    expect(faults).toEqual(['stack "organization/alicerce/elsewhere" has no outputs: plan it first']);
  });

  it("to read what exists in a real account", async () => {
    const { faults } = await refusal(() => aws.ec2.Vpc.get("v", "vpc-0123456789abcdef0", {}, served()));
    expect(faults).toEqual([`${VPC} "v": reading existing resources is not part of a plan`]);
  });

  it("a remote component that the sandbox does not know", async () => {
    class NodeGroup extends pulumi.ComponentResource {
      constructor() {
        super("eks:index:NodeGroup", "n", {}, {}, true);
      }
    }
    const { faults } = await refusal(() => new NodeGroup());
    expect(faults).toEqual([expect.stringContaining('the sandbox does not know the component "eks:index:NodeGroup"')]);
  });
});

describe("the offline planner refuses a provider", () => {
  const url = "https://identity.example.com";
  it.each<[string, () => unknown, RegExp]>([
    ["without a region", () => new aws.Provider("p", {}), /^pulumi:providers:aws "p": region: missing/],
    [
      "with an unknown setting",
      () => new Anything("pulumi:providers:aws", "p", { region: "eu-west-1", regio: "x" }),
      /^pulumi:providers:aws "p": regio: unknown property/,
    ],
    [
      "that allows no account",
      () => new aws.Provider("p", { region: "eu-west-1", allowedAccountIds: [] }),
      /^pulumi:providers:aws "p": allowedAccountIds: /,
    ],
    [
      "with a kubeconfig without a cluster",
      () => new kubernetes.Provider("p", { kubeconfig: '{"clusters":[]}' }),
      /^pulumi:providers:kubernetes "p": kubeconfig: /,
    ],
    [
      "with a kubeconfig that is not JSON",
      () => new kubernetes.Provider("p", { kubeconfig: "clusters: []" }),
      /^pulumi:providers:kubernetes "p": kubeconfig: /,
    ],
    [
      "with a URL that is none",
      () => new keycloak.Provider("p", { url: "identity", clientId: "tests" }),
      /^pulumi:providers:keycloak "p": url: /,
    ],
    [
      "of Keycloak without a URL",
      () => new keycloak.Provider("p", { clientId: "tests" }),
      /^pulumi:providers:keycloak "p": url: /,
    ],
    [
      "of a package that it does not know",
      () => new Anything("pulumi:providers:gcp", "p", {}),
      /^pulumi:providers:gcp "p": unknown provider/,
    ],
  ])("%s", async (_, program, message) => {
    const { faults } = await refusal(program);
    expect(faults).toEqual([matching(message)]);
    expect(faults[0]).not.toContain("\n");
  });

  it("but not a sound one of each kind", async () => {
    const kubeconfig = JSON.stringify({ clusters: [{ cluster: { server: "https://cluster.example.com" } }] });
    await expect(
      refusal(() => {
        new kubernetes.Provider("k", { kubeconfig });
        new keycloak.Provider("c", { url, clientId: "tests" });
      }),
    ).rejects.toThrow("the program was planned");
  });
});

/** A promise rejected with what is no error. */
function rejected(reason: unknown): Promise<never> {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a program may do so
  return Promise.reject(reason);
}

describe("the offline planner says why a program fails that", () => {
  it.each([
    [
      "throws",
      () => {
        throw new Error("no such tenant");
      },
      "no such tenant",
    ],
    ["rejects", () => Promise.reject(new Error("no such file")), "no such file"],
    [
      "throws in an apply",
      () =>
        new aws.ec2.Vpc("v", {}, served()).id.apply(() => {
          throw new Error("no such id");
        }),
      "no such id",
    ],
    [
      "throws in an apply that nothing waits for",
      () => {
        new aws.ec2.Vpc("v", {}, served()).id.apply(() => {
          throw new Error("nobody listens");
        });
      },
      "nobody listens",
    ],
    ["rejects with what is no error", () => rejected("plain text"), "plain text"],
    ["logs an error", () => pulumi.log.error("this must not be"), "this must not be"],
  ])("%s", async (_, program, reason) => {
    const { faults, address } = await refusal(program);
    expect(address).toBe(STACK);
    expect(faults).toEqual([expect.stringContaining(reason)]);
  });
});
