import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import { policyDocument, type Statement } from "./policy-document.ts";

/** Who may assume a role, and what the role is for. */
export interface ServiceRoleArgs {
  readonly place: Place;
  readonly description: string;
  readonly trust: Statement;
}

/** A role that only `trust` may assume, under the permissions boundary; it can do nothing until something grants it access. */
export function serviceRole(
  name: string,
  { place, description, trust }: ServiceRoleArgs,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  return new aws.iam.Role(
    name,
    {
      path: place.rolePath ?? "/alicerce/",
      description,
      assumeRolePolicy: policyDocument([trust]),
      permissionsBoundary: place.boundaryArn,
    },
    opts,
  );
}

/** Gives `role` the permissions of `statements`; for the `grant…` methods of components. */
export function grant(
  name: string,
  role: aws.iam.Role,
  statements: readonly Statement[],
  opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(name, { role: role.name, policy: policyDocument(statements) }, opts);
}

/** Trust in one AWS service, without more: for services that say nothing of whom they act for. */
export function trustService(service: string): Statement {
  return { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
}

/** Trust in one AWS service while it acts for resources of this account that match `sourceArn`. */
export function trustServiceFor(service: string, { account }: Place, sourceArn: string): Statement {
  return {
    ...trustService(service),
    Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": sourceArn } },
  };
}

/** Trust in AgentCore while it acts for `resource`, for example `runtime/<name>-*`. */
export function trustAgentcore(place: Place, resource: string): Statement {
  const sourceArn = `arn:aws:bedrock-agentcore:${place.region}:${place.account}:${resource}`;
  return trustServiceFor("bedrock-agentcore.amazonaws.com", place, sourceArn);
}

/** A service account of a cluster, whose pods get a role through EKS Pod Identity. */
export interface PodIdentity {
  readonly clusterArn: pulumi.Input<string>;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Trust in the pods of one service account, in one namespace, of one cluster. */
export function trustPods({ account }: Place, { clusterArn, namespace, serviceAccount }: PodIdentity): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:SourceAccount": account,
        "aws:SourceArn": clusterArn,
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": serviceAccount,
      },
    },
  };
}
