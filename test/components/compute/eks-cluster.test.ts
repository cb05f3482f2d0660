import { describe, expect, it } from "vitest";
import { addressAt } from "../../../contracts/network/address-range.ts";
import { DNS_ADDRESS, SERVICE_CIDR } from "../../../contracts/network/service-addresses.ts";
import { EksCluster } from "../../../components/compute/eks-cluster.ts";
import { Vpc } from "../../../components/network/vpc.ts";
import { nodePools } from "../../../environments/capacity/node-pools.ts";
import { planned, statements, testBoundary, testKey } from "../planned.ts";

const SETTINGS = {
  cidr: "10.7.0.0/16",
  instanceTypes: ["m6i.large", "m6i.xlarge"],
  agents: { min: 1, max: 3, targetCpuPercent: 70 },
} as const;
const ROLE = "aws:iam/role:Role";
const ENCRYPTS = {
  key: "eks.amazonaws.com/instance-encryption-in-transit-supported",
  operator: "In",
  values: ["true"],
};
const POOL = "kubernetes:karpenter.sh/v1:NodePool";

const plan = () =>
  planned((opts) => {
    const vpc = new Vpc("vpc", { cidr: "10.7.0.0/16", zoneIds: ["euw1-az1", "euw1-az2", "euw1-az3"] }, opts);
    const { id: vpcId, privateSubnetIds } = vpc;
    const pools = nodePools(SETTINGS);
    const { boundaryArn } = testBoundary(opts);
    const deployers = { account: "111122223333", tenants: {} };
    const kmsKeyArn = testKey(opts).arn;
    new EksCluster("alicerce", { vpcId, privateSubnetIds, kmsKeyArn, roles: { boundaryArn }, pools, deployers }, opts);
  });

describe("EksCluster", () => {
  it("has no public endpoint, encrypts its secrets and logs everything", async () => {
    const it = await plan();
    const cluster = it.one("aws:eks/cluster:Cluster", "alicerce-eksCluster");
    expect(cluster.inputs).toMatchObject({
      name: "alicerce",
      version: "1.35",
      upgradePolicy: { supportType: "STANDARD" },
      accessConfig: { authenticationMode: "API" },
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      computeConfig: { enabled: true, nodePools: ["system"] },
    });
    expect(cluster.propertyDependencies?.["encryptionConfig"]).toContain(it.one("aws:kms/key:Key", "key").urn);
    expect(cluster.provider).toBe(it.one("aws:kms/key:Key", "key").provider);
  });

  it("writes its logs into a group that is there before it, under the region's key, for a year", async () => {
    const it = await plan();
    const group = it.one("aws:cloudwatch/logGroup:LogGroup", "alicerce");
    expect(group.inputs).toMatchObject({ name: "/aws/eks/alicerce/cluster", retentionInDays: 365 });
    expect(group.propertyDependencies?.["kmsKeyId"]).toEqual([it.one("aws:kms/key:Key", "key").urn]);
    const cluster = it.one("aws:eks/cluster:Cluster", "alicerce-eksCluster");
    expect(cluster.propertyDependencies?.["enabledClusterLogTypes"]).toEqual([group.urn]);
  });

  it.each([
    ["control-plane", "eks.amazonaws.com"],
    ["nodes", "ec2.amazonaws.com"],
  ])("has a role of its %s under the boundary of clusters, for %s alone", async (part, service) => {
    const it = await plan();
    const role = it.inputs(ROLE, `alicerce-${part}`);
    expect(role).toMatchObject({ path: "/alicerce/" });
    expect(it.one(ROLE, `alicerce-${part}`).propertyDependencies?.["permissionsBoundary"]).toEqual([
      it.one("aws:iam/policy:Policy", "boundary").urn,
    ]);
    expect(statements(role["assumeRolePolicy"])).toMatchObject([{ Principal: { Service: service } }]);
  });

  it("has no other roles, and works once they are complete", async () => {
    const it = await plan();
    expect(it.names(ROLE)).toEqual(["alicerce-control-plane", "alicerce-nodes"]);
    const cluster = it.one("aws:eks/cluster:Cluster", "alicerce-eksCluster");
    expect(cluster.propertyDependencies?.["roleArn"]).toEqual([it.one(ROLE, "alicerce-control-plane").urn]);
    expect(cluster.propertyDependencies?.["computeConfig"]).toEqual([it.one(ROLE, "alicerce-nodes").urn]);
    expect(it.names("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toHaveLength(7);
  });

  it("enforces network policies, which Auto Mode does not do by itself", async () => {
    const it = await plan();
    expect(it.inputs("kubernetes:core/v1:ConfigMap", "alicerce-network-policies")).toMatchObject({
      metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
      data: { "enable-network-policy-controller": "true" },
    });
  });

  it("pins the addresses of its Services, of which the tenth is its DNS", async () => {
    const { inputs } = (await plan()).one("aws:eks/cluster:Cluster", "alicerce-eksCluster");
    expect(inputs["kubernetesNetworkConfig"]).toMatchObject({ ipFamily: "ipv4", serviceIpv4Cidr: SERVICE_CIDR });
    expect(DNS_ADDRESS).toBe(addressAt(SERVICE_CIDR, 10));
  });

  it("has the figures by which autoscalers decide", async () => {
    expect((await plan()).inputs("aws:eks/addon:Addon", "alicerce-metrics-server")).toEqual({
      clusterName: "alicerce",
      addonName: "metrics-server",
    });
  });

  it("runs agents on ten nodes of the region's general types, none of them on Spot", async () => {
    expect((await plan()).inputs(POOL, "alicerce-general")).toMatchObject({
      metadata: { name: "ai-agents-general" },
      spec: {
        template: {
          spec: {
            requirements: [
              { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m6i.large", "m6i.xlarge"] },
              { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
              ENCRYPTS,
            ],
          },
        },
        limits: { cpu: "40", memory: "160Gi" },
      },
    });
  });

  it("computes on up to twenty large nodes, for pods that tolerate them, and on Spot where a pod allows it", async () => {
    expect((await plan()).inputs(POOL, "alicerce-compute")).toMatchObject({
      metadata: { name: "ai-agents-compute" },
      spec: {
        template: {
          spec: {
            requirements: [
              { key: "node.kubernetes.io/instance-type", operator: "In", values: ["c6i.2xlarge", "c6i.4xlarge"] },
              { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot", "on-demand"] },
              ENCRYPTS,
            ],
            taints: [{ key: "workload-type", value: "compute-intensive", effect: "NoSchedule" }],
          },
        },
        limits: { cpu: "320", memory: "640Gi" },
      },
    });
  });

  it("gives places to those first for whom somebody waits, and takes none away", async () => {
    const it = await plan();
    const CLASS = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
    expect(it.inputs(CLASS, "alicerce-interactive")).toMatchObject({ value: 1_000, preemptionPolicy: "Never" });
    expect(it.inputs(CLASS, "alicerce-batch")).toMatchObject({ value: 100, preemptionPolicy: "Never" });
  });
});
