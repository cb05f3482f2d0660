import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import type pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import { planProgram } from "../../../../tools/offline-planner/plan.ts";
import { decode } from "../../../../sandbox/control-plane/wire.ts";
import { ACCOUNT, refusal, served, STACK } from "../../../tools/offline-planner/programs.ts";
import { matching } from "../matching.ts";

const ROLE = "aws:iam/role:Role";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const AUTO = { enabled: true, createNodeRole: true };

/** A cluster in a small network, and what it says of itself. */
function cluster(args: Partial<eks.ClusterArgs> = {}, own?: eks.Provider): eks.Cluster {
  const { provider } = served();
  const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" }, { provider });
  const subnet = new aws.ec2.Subnet("s", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, { provider });
  const base = { name: "k", vpcId: vpc.id, privateSubnetIds: [subnet.id], version: "1.35", autoMode: AUTO };
  return new eks.Cluster("k", { ...base, ...args }, { providers: [provider], ...(own && { provider: own }) });
}

function roleFor(service: string, name: string, provider: pulumi.ProviderResource): aws.iam.Role {
  const assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: service });
  return new aws.iam.Role(name, { assumeRolePolicy }, { provider });
}

async function planned(program: () => unknown, preview: "known" | "realistic" = "known") {
  const { plan, outputs, warnings } = await planProgram(program, { stack: STACK, preview });
  expect(warnings).toEqual([]);
  const shape = plan.resources
    .filter((it) => /^(eks|aws:iam|aws:eks)/.test(it.type))
    .map((it) => [it.type, it.name, it.parent?.split("::").at(-1), it.provider?.split("::").at(-1)]);
  const inputsOf = (type: string, name: string) =>
    plan.resources.find((it) => it.type === type && it.name === name)?.inputs ?? {};
  return { outputs, shape, resources: plan.resources, inputsOf };
}

describe("eks:index:Cluster", () => {
  it("constructs its roles, their policies and the cluster, each with its parent and provider", async () => {
    const { shape, inputsOf } = await planned(() => cluster());
    const attached = (role: string, policy: string) => [ATTACHMENT, `${role}-${policy}`, role, "aws"];
    const stack = `alicerce-${STACK}`;
    expect(shape).toHaveLength(13);
    expect(shape).toEqual(
      expect.arrayContaining([
        ["eks:index:Cluster", "k", stack, undefined],
        ["eks:index:ServiceRole", "k-eksRole", "k", undefined],
        [ROLE, "k-eksRole-role", "k-eksRole", "aws"],
        attached("k-eksRole", "AmazonEKSClusterPolicy"),
        attached("k-eksRole", "AmazonEKSComputePolicy"),
        attached("k-eksRole", "AmazonEKSBlockStoragePolicy"),
        attached("k-eksRole", "AmazonEKSLoadBalancingPolicy"),
        attached("k-eksRole", "AmazonEKSNetworkingPolicy"),
        ["eks:index:ServiceRole", "k-nodeRole", "k", undefined],
        [ROLE, "k-nodeRole-role", "k-nodeRole", "aws"],
        attached("k-nodeRole", "AmazonEKSWorkerNodeMinimalPolicy"),
        attached("k-nodeRole", "AmazonEC2ContainerRegistryPullOnly"),
        ["aws:eks/cluster:Cluster", "k-eksCluster", "k", "aws"],
      ]),
    );
    expect(inputsOf(ATTACHMENT, "k-nodeRole-AmazonEC2ContainerRegistryPullOnly")).toEqual({
      policyArn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      role: matching(/^k-nodeRole-role-[0-9a-f]{7}$/),
    });
    expect(JSON.parse(String(inputsOf(ROLE, "k-eksRole-role")["assumeRolePolicy"]))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Effect: "Allow",
          Principal: { Service: ["eks.amazonaws.com"] },
        },
      ],
    });
  });

  it("gives the cluster what it was given, and Auto Mode in all three of its parts", async () => {
    const { inputsOf } = await planned(() =>
      cluster({
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        authenticationMode: "API",
        enabledClusterLogTypes: ["audit"],
        upgradePolicy: { supportType: "STANDARD" },
        deletionProtection: true,
        tags: { owner: "tests" },
        autoMode: { ...AUTO, computeConfig: { nodePools: ["system"] } },
      }),
    );
    expect(inputsOf("aws:eks/cluster:Cluster", "k-eksCluster")).toEqual({
      name: "k",
      version: "1.35",
      roleArn: matching(`^arn:aws:iam::${ACCOUNT}:role/k-eksRole-role-`),
      bootstrapSelfManagedAddons: false,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      computeConfig: {
        enabled: true,
        nodePools: ["system"],
        nodeRoleArn: matching(`^arn:aws:iam::${ACCOUNT}:role/k-nodeRole-role-`),
      },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { ipFamily: "ipv4", elasticLoadBalancing: { enabled: true } },
      vpcConfig: {
        subnetIds: [matching(/^subnet-/)],
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
      },
      enabledClusterLogTypes: ["audit"],
      upgradePolicy: { supportType: "STANDARD" },
      deletionProtection: true,
      tags: { Name: "k-eksCluster", owner: "tests" },
    });
  });

  it("says where the cluster is, in a kubeconfig that serves a provider", async () => {
    const { outputs, resources } = await planned(() => {
      const { kubeconfigJson, autoModeNodeRoleName, oidcIssuer, eksCluster } = cluster();
      const provider = new kubernetes.Provider("kubernetes", { kubeconfig: kubeconfigJson });
      new kubernetes.core.v1.Namespace("acme", { metadata: { name: "acme" } }, { provider });
      return { kubeconfigJson, autoModeNodeRoleName, oidcIssuer, arn: eksCluster.arn };
    });
    const it = decode(outputs);
    expect(JSON.parse(String(it["kubeconfigJson"]))).toMatchObject({
      "current-context": "aws",
      clusters: [{ cluster: { server: matching(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/) } }],
      users: [{ user: { exec: { args: ["eks", "get-token", "--cluster-name", "k"] } } }],
    });
    expect(it["autoModeNodeRoleName"]).toMatch(/^k-nodeRole-role-/);
    expect(it["oidcIssuer"]).toMatch(/^https:\/\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\//);
    expect(it["arn"]).toBe(`arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/k`);
    expect(resources.find((each) => each.name === "acme")?.outputs?.["id"]).toBe("acme");
  });

  it("takes a service role and a node role that it is given, and makes none", async () => {
    const program = () => {
      const { provider } = served("eu-west-1", "roles");
      const [service, node] = [
        roleFor("eks.amazonaws.com", "mine", provider),
        roleFor("ec2.amazonaws.com", "nodes", provider),
      ];
      return cluster({
        serviceRole: service,
        autoMode: { enabled: true, createNodeRole: false, computeConfig: { nodeRoleArn: node.arn } },
      }).autoModeNodeRoleName;
    };
    const { shape, inputsOf } = await planned(program);
    expect(shape.map(([type, name]) => `${type ?? ""} ${name ?? ""}`).sort()).toEqual([
      "aws:eks/cluster:Cluster k-eksCluster",
      `${ROLE} mine`,
      `${ROLE} nodes`,
      "eks:index:Cluster k",
    ]);
    expect(inputsOf("aws:eks/cluster:Cluster", "k-eksCluster")).toMatchObject({
      roleArn: matching(/role\/mine-/),
      computeConfig: { nodeRoleArn: matching(/role\/nodes-/) },
    });
    const realistic = await planned(program, "realistic");
    expect(realistic.inputsOf("aws:eks/cluster:Cluster", "k-eksCluster")).toMatchObject({
      roleArn: UNKNOWN,
      computeConfig: { nodeRoleArn: UNKNOWN },
    });
  });

  it.each([
    ["off", { enabled: false }],
    ["not mentioned", undefined],
  ])("with Auto Mode %s is refused with a sentence", async (_, autoMode) => {
    const { faults } = await refusal(() => cluster({ autoMode } as Partial<eks.ClusterArgs>));
    expect(faults).toEqual(["the sandbox knows eks:index:Cluster in Auto Mode only: set autoMode.enabled"]);
  });

  it("is served by a provider of its package's own, when there is one", async () => {
    for (const preview of ["known", "realistic"] as const) {
      const { shape, resources } = await planned(() => cluster({}, new eks.Provider("eks")), preview);
      expect(shape).toHaveLength(13);
      expect(resources.find((it) => it.type === "pulumi:providers:eks")).toMatchObject({ name: "eks", custom: true });
      expect(resources.filter((it) => it.provider?.endsWith("::eks"))).toEqual([]);
    }
  });
});
