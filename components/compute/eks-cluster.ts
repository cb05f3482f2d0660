import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CLUSTER_VERSION } from "../../environments/cluster-version.ts";
import type { NodePool } from "../../environments/capacity/node-pools.ts";
import type { Place } from "../place.ts";
import { clusterAccess, type ClusterAccessArgs } from "./cluster-access.ts";
import { clusterRoles } from "./cluster-roles.ts";
import { agentNodes, priorityClasses } from "./node-pool.ts";
import { SERVICE_CIDR } from "../../contracts/network/service-addresses.ts";

/** Where a cluster is and what its nodes may be. */
export interface EksClusterArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly privateSubnetIds: pulumi.Input<string[]>;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** The permissions boundary of its roles, and where they are. */
  readonly roles: Pick<Place, "boundaryArn" | "rolePath">;
  /** Who deploys into it: the addresses of tenants' stacks by the tenants' ids, in its account. */
  readonly deployers: Pick<ClusterAccessArgs, "account" | "tenants">;
  /** The configuration of its own clients, of the one that the cluster gives. */
  readonly clientConfig?: (kubeconfig: string) => string;
  /** The nodes on which agents and BFFs run, by the pool's short name. */
  readonly pools: Readonly<Record<string, NodePool>>;
}

/** The region's Kubernetes: EKS Auto Mode without a public endpoint, which enforces network policies (premises 3 and 5). */
export class EksCluster extends pulumi.ComponentResource {
  /** Credentials-free, but secret all the same: it says where the private endpoint is. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Of what is put into the cluster, for the stack that declares it. */
  readonly provider: kubernetes.Provider;
  /** The security group of the control plane, of nodes and of pods. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Name of the role of nodes. */
  readonly nodeRoleName: pulumi.Output<string>;

  constructor(
    name: string,
    { vpcId, privateSubnetIds, kmsKeyArn, roles: place, pools, deployers, clientConfig = (it) => it }: EksClusterArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("alicerce:compute:EksCluster", name, {}, opts);

    const roles = clusterRoles(name, place, { parent: this });
    const cluster = new eks.Cluster(
      name,
      {
        name,
        version: CLUSTER_VERSION.version,
        upgradePolicy: { supportType: "STANDARD" },
        authenticationMode: "API",
        serviceRole: roles.cluster,
        autoMode: {
          enabled: true,
          createNodeRole: false,
          computeConfig: { nodePools: ["system"], nodeRoleArn: roles.nodes.arn },
        },
        vpcId,
        privateSubnetIds,
        kubernetesServiceIpAddressRange: SERVICE_CIDR,
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        encryptionConfigKeyArn: kmsKeyArn,
        enabledClusterLogTypes: logTypes(name, kmsKeyArn, this),
      },
      // A remote component is served by the providers that it is given, not by those of its parent.
      { parent: this, dependsOn: [...roles.attached], ...(opts.providers && { providers: opts.providers }) },
    );
    this.kubeconfig = pulumi.secret(cluster.kubeconfigJson);
    this.securityGroupId = cluster.clusterSecurityGroupId;
    this.nodeRoleName = roles.nodes.name;
    const kubeconfig = this.kubeconfig.apply(clientConfig);
    this.provider = new kubernetes.Provider(name, { kubeconfig }, { parent: this });

    this.furnish(name, cluster, { pools, deployers });
    this.registerOutputs({ kubeconfig: this.kubeconfig });
  }

  /** Puts into the cluster what its tenants build on: that network policies are enforced, nodes, and who waits for whom. */
  private furnish(
    name: string,
    cluster: eks.Cluster,
    { pools, deployers }: Pick<EksClusterArgs, "pools" | "deployers">,
  ): void {
    const inside = { parent: this, provider: this.provider };
    addOns(name, cluster, inside);
    for (const [short, pool] of Object.entries(pools)) {
      new kubernetes.apiextensions.CustomResource(`${name}-${short}`, agentNodes(pool), inside);
    }
    priorityClasses(name, inside);
    clusterAccess(name, { clusterName: cluster.eksCluster.name, ...deployers }, inside);
  }
}

/** What Amazon EKS does not do by itself: enforce network policies in Auto Mode, and tell autoscalers how busy pods are. */
function addOns(
  name: string,
  { eksCluster }: eks.Cluster,
  { parent, provider }: { readonly parent: EksCluster; readonly provider: kubernetes.Provider },
): void {
  new kubernetes.core.v1.ConfigMap(
    `${name}-network-policies`,
    {
      metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
      data: { "enable-network-policy-controller": "true" },
    },
    { parent, provider },
  );
  new aws.eks.Addon(
    `${name}-metrics-server`,
    { clusterName: eksCluster.name, addonName: "metrics-server" },
    { parent },
  );
}

/** What the control plane writes, once the group for it is there: Amazon EKS would make it, without a key and for ever. */
function logTypes(name: string, kmsKeyId: pulumi.Input<string>, parent: EksCluster): pulumi.Output<string[]> {
  const group = new aws.cloudwatch.LogGroup(
    name,
    { name: `/aws/eks/${name}/cluster`, kmsKeyId, retentionInDays: 365 },
    { parent },
  );
  return group.name.apply(() => ["api", "audit", "authenticator", "controllerManager", "scheduler"]);
}
