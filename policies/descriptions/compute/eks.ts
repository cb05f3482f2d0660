import type { Descriptions } from "../description.ts";
import { MEMBERSHIP, NAME, ROLE, TAGS, VERSION } from "../reasons.ts";

/** Amazon EKS. */
export const EKS: Descriptions = {
  "aws:eks/cluster:Cluster": {
    read: ["enabledClusterLogTypes", "region", "vpcConfig.endpointPrivateAccess", "vpcConfig.endpointPublicAccess"],
    inert: {
      "computeConfig.nodeRoleArn": ROLE,
      deletionProtection: "It only keeps the cluster from being deleted.",
      "kubernetesNetworkConfig.serviceIpv4Cidr": "Addresses that exist only inside the cluster.",
      name: NAME,
      roleArn: ROLE,
      tags: TAGS,
      "upgradePolicy.supportType": "How long AWS supports a version, and what that costs.",
      version: VERSION,
      "vpcConfig.subnetIds": MEMBERSHIP,
    },
    accepts: {
      "accessConfig.authenticationMode": ["API"],
      "accessConfig.bootstrapClusterCreatorAdminPermissions": [true, false],
      bootstrapSelfManagedAddons: [false],
      "computeConfig.enabled": [true],
      "computeConfig.nodePools": ["system"],
      "encryptionConfig.resources": ["secrets"],
      "kubernetesNetworkConfig.elasticLoadBalancing.enabled": [true, false],
      "kubernetesNetworkConfig.ipFamily": ["ipv4"],
      "storageConfig.blockStorage.enabled": [true],
    },
    unread: { "encryptionConfig.provider.keyArn": "No rule says under whose key a cluster keeps its secrets." },
  },
  "aws:eks/addon:Addon": {
    read: ["addonName", "region"],
    inert: { clusterName: "A region has one cluster, which all tenants share by namespace.", tags: TAGS },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    read: ["namespace", "region", "roleArn", "serviceAccount", "tags"],
    inert: { clusterName: "A region has one cluster, which all tenants share by namespace." },
  },
};
