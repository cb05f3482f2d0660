import { isRecord } from "../../../contracts/json.ts";
import { type Behaviours, alphanumeric, arn, hex, text, uuid } from "./behaviour.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const REPOSITORY = "aws:ecr/repository:Repository";

/** Amazon EKS, ECR and Route 53. */
export const PLATFORM: Behaviours = {
  [CLUSTER]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    outputs: (it) => ({
      arn: arn("eks", it, `cluster/${it.id}`),
      endpoint: `https://${hex(it, 32).toUpperCase()}.gr7.${it.region}.eks.amazonaws.com`,
      certificateAuthority: { data: Buffer.from(`sandbox certificate authority of ${it.id}`).toString("base64") },
      identities: [
        { oidcs: [{ issuer: `https://oidc.eks.${it.region}.amazonaws.com/id/${hex(it, 32).toUpperCase()}` }] },
      ],
      platformVersion: "eks.1",
      status: "ACTIVE",
      createdAt: "2026-01-01T00:00:00Z",
      vpcConfig: {
        ...(isRecord(it.inputs["vpcConfig"]) ? it.inputs["vpcConfig"] : {}),
        clusterSecurityGroupId: `sg-${hex(it, 17, "cluster")}`,
      },
    }),
    replaces: ["name", "roleArn", "encryptionConfig", "bootstrapSelfManagedAddons"],
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    unique: ["clusterName+namespace+serviceAccount"],
    id: (it) => `a-${alphanumeric(it, 17)}`,
    outputs: (it) => ({
      associationId: it.id,
      associationArn: arn("eks", it, `podidentityassociation/${text(it, "clusterName")}/${it.id}`),
    }),
    references: { clusterName: CLUSTER },
    replaces: ["clusterName", "namespace", "serviceAccount"],
  },
  "aws:eks/addon:Addon": {
    unique: ["clusterName+addonName"],
    id: (it) => `${text(it, "clusterName")}:${text(it, "addonName")}`,
    outputs: (it) => ({
      arn: arn("eks", it, `addon/${text(it, "clusterName")}/${text(it, "addonName")}/${uuid(it)}`),
      createdAt: "2026-01-01T00:00:00Z",
      modifiedAt: "2026-01-01T00:00:00Z",
    }),
    references: { clusterName: CLUSTER },
    replaces: ["addonName", "clusterName"],
  },
  "aws:eks/accessEntry:AccessEntry": {
    unique: ["clusterName+principalArn"],
    id: (it) => `${text(it, "clusterName")}:${text(it, "principalArn")}`,
    outputs: (it) => ({ accessEntryArn: arn("eks", it, `access-entry/${text(it, "clusterName")}/${hex(it, 16)}`) }),
    references: { clusterName: CLUSTER },
    // An entry stays when its IAM principal is deleted (Amazon EKS user guide, "Grant IAM users access to Kubernetes with EKS access entries").
    outlives: ["principalArn"],
    replaces: ["clusterName", "principalArn", "type"],
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    id: (it) => `${text(it, "clusterName")}#${text(it, "principalArn")}#${text(it, "policyArn")}`,
    references: { clusterName: CLUSTER },
    outlives: ["principalArn"],
    replaces: ["clusterName", "principalArn", "policyArn", "accessScope"],
  },
  [REPOSITORY]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    defaults: () => ({ imageTagMutability: "MUTABLE" }),
    outputs: (it) => ({
      arn: arn("ecr", it, `repository/${it.id}`),
      registryId: it.account,
      repositoryUrl: `${it.account}.dkr.ecr.${it.region}.amazonaws.com/${it.id}`,
    }),
    replaces: ["name", "encryptionConfigurations"],
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    unique: ["repository"],
    id: (it) => text(it, "repository"),
    outputs: (it) => ({ registryId: it.account }),
    references: { repository: REPOSITORY },
    replaces: ["repository"],
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": {
    unique: ["repository"],
    id: (it) => text(it, "repository"),
    outputs: (it) => ({ registryId: it.account }),
    references: { repository: REPOSITORY },
    replaces: ["repository"],
  },
  "aws:route53/zone:Zone": {
    global: true,
    id: (it) => `Z${alphanumeric(it, 20).toUpperCase()}`,
    defaults: () => ({ comment: "Managed by Pulumi", forceDestroy: false }),
    outputs: (it) => ({
      arn: `arn:aws:route53:::hostedzone/${it.id}`,
      zoneId: it.id,
      primaryNameServer: "ns-1.awsdns.example",
      nameServers: ["ns-1.awsdns.example", "ns-2.awsdns.example", "ns-3.awsdns.example", "ns-4.awsdns.example"],
    }),
    replaces: ["name"],
  },
};
