import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PermissionsBoundaryArgs } from "./permissions-boundary.ts";
import { policyDocument, type Statement } from "./policy-document.ts";

/** What EKS Auto Mode works with: machines, disks, networks and load balancers, and what load balancers are given. */
const SERVICES = [
  "acm:DescribeCertificate",
  "acm:ListCertificates",
  "autoscaling:*",
  "cognito-idp:DescribeUserPoolClient",
  "ec2:*",
  "elasticloadbalancing:*",
  "shield:*",
  "waf-regional:*",
  "wafv2:*",
];

/** What nodes do: pull images, and get credentials for pods. */
const NODES = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetAuthorizationToken",
  "ecr:GetDownloadUrlForLayer",
  "eks-auth:AssumeRoleForPodIdentity",
];

const INSTANCE_PROFILES = ["AddRoleTo", "Create", "Delete", "Get", "RemoveRoleFrom", "Tag"];

/**
 * The most that the roles of a cluster's control plane and nodes can ever do. AWS changes the managed policies that these roles carry,
 * so it names services rather than actions; it leaves out all that keeps data, secrets or permissions, and lets them pass on no role
 * but that of nodes (premise 8).
 */
export function clusterBoundary(
  name: string,
  { environment, account }: PermissionsBoundaryArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Policy {
  return new aws.iam.Policy(
    name,
    {
      name: `alicerce-${environment}-cluster-boundary`,
      path: "/alicerce/",
      description: `The most that the clusters of ${environment} and their nodes can do`,
      policy: policyDocument([
        { Effect: "Allow", Action: [...SERVICES, ...NODES, "iam:ListInstanceProfiles"], Resource: "*" },
        ...keysOf(account),
        ...identitiesOf(account),
      ]),
    },
    opts,
  );
}

function keysOf(account: string): readonly Statement[] {
  const Action = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"];
  return [{ Effect: "Allow", Action, Resource: `arn:aws:kms:*:${account}:key/*` }];
}

function identitiesOf(account: string): readonly Statement[] {
  const iam = `arn:aws:iam::${account}`;
  return [
    {
      Effect: "Allow",
      Action: INSTANCE_PROFILES.map((it) => `iam:${it}InstanceProfile`),
      Resource: `${iam}:instance-profile/*`,
    },
    {
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: `${iam}:role/alicerce/*-nodes-*`,
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    { Effect: "Allow", Action: ["iam:CreateServiceLinkedRole"], Resource: `${iam}:role/aws-service-role/*` },
    { Effect: "Allow", Action: ["iam:GetServerCertificate"], Resource: `${iam}:server-certificate/*` },
    { Effect: "Allow", Action: ["iam:ListServerCertificates"], Resource: "*" },
  ];
}
