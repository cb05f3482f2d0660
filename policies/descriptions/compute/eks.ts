import type { Descriptions } from "../description.ts";
import { ROLE, TAGS, VERSION } from "../reasons.ts";

/** Amazon EKS. */
export const EKS: Descriptions = {
  "aws:eks/cluster:Cluster": {
    read: [
      "enabledClusterLogTypes",
      "kubernetesNetworkConfig.serviceIpv4Cidr",
      "name",
      "region",
      "vpcConfig.endpointPrivateAccess",
      "vpcConfig.endpointPublicAccess",
      "vpcConfig.subnetIds",
    ],
    inert: {
      "computeConfig.nodeRoleArn": ROLE,
      deletionProtection: "It only keeps the cluster from being deleted.",
      roleArn: ROLE,
      tags: TAGS,
      "upgradePolicy.supportType": "How long AWS supports a version, and what that costs.",
      version: VERSION,
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
    needs: ["accessConfig.authenticationMode", "bootstrapSelfManagedAddons", "computeConfig.enabled"],
    unread: { "encryptionConfig.provider.keyArn": "No rule says under whose key a cluster keeps its secrets." },
  },
  "aws:eks/addon:Addon": {
    read: ["addonName", "clusterName", "region"],
    inert: { tags: TAGS },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    read: ["clusterName", "namespace", "region", "roleArn", "serviceAccount", "tags"],
  },
};
