import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { DEPLOYERS, executionRoleArn } from "../../contracts/execution/roles.ts";

/** The cluster, and the stacks of tenants that are deployed into it. */
export interface ClusterAccessArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly account: string;
  /** Address of each tenant's stack, by the tenant's id, which is its namespace. */
  readonly tenants: Readonly<Record<string, string>>;
}

const ADMINISTRATOR = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * Lets the role that deploys a tenant's stack do everything in the tenant's namespace, and make that namespace: nothing else of the
 * cluster (Amazon EKS user guide, "Associate access policies with access entries"). Nobody else is let in here.
 */
export function clusterAccess(
  name: string,
  { clusterName, account, tenants }: ClusterAccessArgs,
  { parent, provider }: { readonly parent: pulumi.Resource; readonly provider: kubernetes.Provider },
): void {
  for (const [tenant, address] of Object.entries(tenants)) {
    const principalArn = executionRoleArn(account, address);
    const entry = new aws.eks.AccessEntry(
      `${name}-${tenant}`,
      { clusterName, principalArn, type: "STANDARD", kubernetesGroups: [DEPLOYERS] },
      { parent },
    );
    new aws.eks.AccessPolicyAssociation(
      `${name}-${tenant}`,
      { clusterName, principalArn, policyArn: ADMINISTRATOR, accessScope: { type: "namespace", namespaces: [tenant] } },
      { parent, dependsOn: [entry] },
    );
  }
  const metadata = { name: DEPLOYERS };
  new kubernetes.rbac.v1.ClusterRole(
    `${name}-deployers`,
    { metadata, rules: [{ apiGroups: [""], resources: ["namespaces"], verbs: ["create"] }] },
    { parent, provider },
  );
  const group = "rbac.authorization.k8s.io";
  new kubernetes.rbac.v1.ClusterRoleBinding(
    `${name}-deployers`,
    {
      metadata,
      roleRef: { apiGroup: group, kind: "ClusterRole", name: DEPLOYERS },
      subjects: [{ apiGroup: group, kind: "Group", name: DEPLOYERS }],
    },
    { parent, provider },
  );
}
