import * as aws from "@pulumi/aws";
import { rolesStayInsideTheBoundary } from "../../../policies/premise-8-least-privilege/roles-stay-inside-the-boundary.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, policyOf, roleFor, served, urnOf } from "../programs.ts";

/** A role under a boundary of that name and path. */
function bounded(name: string, { path = "/alicerce/", service = "bedrock-agentcore" } = {}): void {
  const opts = served();
  const boundary = new aws.iam.Policy("boundary", { name, path, policy: policyOf() }, opts);
  const Principal = { Service: `${service}.amazonaws.com` };
  const assumeRolePolicy = policyOf({ Effect: "Allow", Action: "sts:AssumeRole", Principal });
  roleFor("worker", opts, { permissionsBoundary: boundary.arn, assumeRolePolicy });
}

const OWN = '"worker" must have the permissions boundary of its own environment.';

testRule(rolesStayInsideTheBoundary, {
  accepts: {
    "the boundary of its environment": () => bounded("alicerce-production-boundary"),
    "the boundary of clusters, for a cluster's nodes": () =>
      bounded("alicerce-production-cluster-boundary", { service: "ec2" }),
  },
  rejects: {
    "a role without a boundary": [() => void roleFor("worker", served()), '"worker" must have a permissions boundary.'],
    "the boundary of another environment": [() => bounded("alicerce-staging-boundary"), OWN],
    "a boundary that somebody else wrote": [() => bounded("alicerce-production-boundary", { path: "/" }), OWN],
    "the boundary of clusters, for anything else": [() => bounded("alicerce-production-cluster-boundary"), OWN],
    "a role of a cluster without a boundary": [
      planOf(
        { type: "eks:index:Cluster", name: "agents", custom: false },
        { type: "aws:iam/role:Role", name: "agents-eksRole", parent: urnOf("eks:index:Cluster", "agents") },
      ),
      '"agents-eksRole" must have a permissions boundary.',
    ],
  },
});
