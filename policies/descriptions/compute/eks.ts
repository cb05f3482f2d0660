import type { Descriptions } from "../description.ts";
import { TAGS, VERSION } from "../reasons.ts";

/** Amazon EKS. */
export const EKS: Descriptions = {
  "aws:eks/cluster:Cluster": {
    read: [
      "computeConfig.nodeRoleArn",
      "encryptionConfig.provider.keyArn",
      "kubernetesNetworkConfig.serviceIpv4Cidr",
      "name",
      "region",
      "roleArn",
      "vpcConfig.endpointPrivateAccess",
      "vpcConfig.endpointPublicAccess",
      "vpcConfig.subnetIds",
    ],
    inert: {
      deletionProtection: "It only keeps the cluster from being deleted.",
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
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      "encryptionConfig.resources": ["secrets"],
      "kubernetesNetworkConfig.elasticLoadBalancing.enabled": [true, false],
      "kubernetesNetworkConfig.ipFamily": ["ipv4"],
      "storageConfig.blockStorage.enabled": [true],
    },
    needs: [
      "accessConfig.authenticationMode",
      "bootstrapSelfManagedAddons",
      "computeConfig.enabled",
      "computeConfig.nodePools",
      "computeConfig.nodeRoleArn",
      "encryptionConfig.resources",
    ],
  },
  "aws:eks/addon:Addon": {
    read: ["addonName", "addonVersion", "clusterName", "configurationValues", "region"],
    inert: { tags: TAGS },
  },
  "aws:eks/accessEntry:AccessEntry": {
    read: ["clusterName", "kubernetesGroups", "principalArn", "region"],
    inert: { tags: TAGS },
    accepts: { type: ["STANDARD"] },
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    read: ["accessScope", "clusterName", "principalArn", "region"],
    accepts: { policyArn: ["arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"] },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    read: ["clusterName", "namespace", "region", "roleArn", "serviceAccount", "tags"],
  },
};
