// One module and not the whole package, which would cost each process that serves clusters 20 MB more.
import eksModule from "@pulumi/aws/eks/cluster.js";
import type * as aws from "@pulumi/aws";
import type { ClusterArgs } from "@pulumi/eks";
import pulumi from "@pulumi/pulumi";
import { kubeconfigOf } from "./kubeconfig.ts";
import { clusterRole, nodeRoleOf } from "./roles.ts";

/** What the eks package's `eks:index:Cluster` constructs for a cluster in Auto Mode: its roles and the cluster, as children of the component. */
export class EksCluster extends pulumi.ComponentResource {
  readonly state: pulumi.Inputs;

  constructor(name: string, args: ClusterArgs, opts: pulumi.ComponentResourceOptions) {
    super("eks:index:Cluster", name, {}, opts);
    const parent = { parent: this };

    const serviceRoleArn =
      args.serviceRole === undefined
        ? clusterRole(name, args, this).arn
        : pulumi.output(args.serviceRole).apply((it) => it.arn);
    const nodeRole = nodeRoleOf(name, args, this);
    const cluster = new eksModule.Cluster(
      `${name}-eksCluster`,
      clusterArgs(name, args, serviceRoleArn, nodeRole?.arn),
      {
        ...parent,
        ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
      },
    );
    this.state = stateOf(args, cluster, nodeRole);
    this.registerOutputs(this.state);
  }
}

/** The outputs of the component; "" and empty lists for what a cluster in Auto Mode does not have. */
function stateOf(args: ClusterArgs, cluster: aws.eks.Cluster, nodeRole: aws.iam.Role | undefined): pulumi.Inputs {
  const kubeconfig = kubeconfigOf(cluster);
  const subnetIds = args.privateSubnetIds ?? args.subnetIds;
  const securityGroupId = cluster.vpcConfig.apply((it) => it.clusterSecurityGroupId);
  const issuer = cluster.identities.apply((it) => it[0]?.oidcs[0]?.issuer ?? "");
  const givenRole = pulumi.output(args.autoMode).apply((it) => it?.computeConfig?.nodeRoleArn?.split("/").at(-1) ?? "");
  return {
    eksCluster: cluster,
    kubeconfig,
    kubeconfigJson: pulumi.jsonStringify(kubeconfig),
    core: { cluster, vpcId: args.vpcId, subnetIds, endpoint: cluster.endpoint, kubeconfig },
    clusterSecurityGroupId: securityGroupId,
    nodeSecurityGroupId: securityGroupId,
    clusterIngressRuleId: "",
    autoModeNodeRoleName: nodeRole?.name ?? givenRole,
    instanceRoles: [],
    defaultNodeGroupAsgName: "",
    fargateProfileId: "",
    fargateProfileStatus: "",
    oidcIssuer: issuer,
    oidcProviderUrl: issuer,
    oidcProviderArn: "",
  };
}

function clusterArgs(
  name: string,
  args: ClusterArgs,
  roleArn: pulumi.Input<string>,
  nodeRoleArn: pulumi.Input<string> | undefined,
): aws.eks.ClusterArgs {
  const autoMode = pulumi.output(args.autoMode);
  return defined({
    name: args.name,
    roleArn,
    version: args.version,
    bootstrapSelfManagedAddons: false,
    computeConfig: {
      enabled: true,
      nodePools: autoMode.apply((it) => it?.computeConfig?.nodePools ?? ["general-purpose", "system"]),
      nodeRoleArn: nodeRoleArn ?? autoMode.apply((it) => it?.computeConfig?.nodeRoleArn ?? ""),
    },
    storageConfig: { blockStorage: { enabled: true } },
    kubernetesNetworkConfig: defined({
      ipFamily: "ipv4",
      serviceIpv4Cidr: args.kubernetesServiceIpAddressRange,
      elasticLoadBalancing: { enabled: true },
    }),
    vpcConfig: vpcConfigOf(args),
    accessConfig: defined({
      authenticationMode: args.authenticationMode,
      bootstrapClusterCreatorAdminPermissions: true,
    }),
    encryptionConfig:
      args.encryptionConfigKeyArn === undefined
        ? undefined
        : { provider: { keyArn: args.encryptionConfigKeyArn }, resources: ["secrets"] },
    enabledClusterLogTypes: args.enabledClusterLogTypes,
    upgradePolicy: args.upgradePolicy,
    deletionProtection: args.deletionProtection,
    tags: pulumi.output(args.tags).apply((it) => ({ Name: `${name}-eksCluster`, ...it })),
  });
}

function vpcConfigOf(args: ClusterArgs): aws.types.input.eks.ClusterVpcConfig {
  const both = pulumi.all([args.publicSubnetIds ?? [], args.privateSubnetIds ?? []]).apply((it) => it.flat());
  return defined({
    subnetIds: pulumi.output(args.subnetIds ?? both),
    endpointPrivateAccess: args.endpointPrivateAccess,
    endpointPublicAccess: args.endpointPublicAccess,
    publicAccessCidrs: args.publicAccessCidrs,
  });
}

/** The object without members that are `undefined`, so that optional arguments stay absent. */
function defined<T extends object>(it: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
