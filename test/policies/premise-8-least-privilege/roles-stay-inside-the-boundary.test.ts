import * as aws from "@pulumi/aws";
import { rolesStayInsideTheBoundary } from "../../../policies/premise-8-least-privilege/roles-stay-inside-the-boundary.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, policyOf, roleFor, served, urnOf } from "../programs.ts";

/** A role under a boundary of that name and path. */
function bounded(name: string, path = "/alicerce/"): void {
  const opts = served();
  const boundary = new aws.iam.Policy("boundary", { name, path, policy: policyOf() }, opts);
  roleFor("worker", opts, { permissionsBoundary: boundary.arn });
}

const OWN = '"worker" must have the permissions boundary of its own environment.';
const CLUSTER = urnOf("eks:index:Cluster", "agents");

testRule(rolesStayInsideTheBoundary, {
  accepts: { "the boundary of its environment": () => bounded("alicerce-production-boundary") },
  rejects: {
    "a role without a boundary": [() => void roleFor("worker", served()), '"worker" must have a permissions boundary.'],
    "the boundary of another environment": [() => bounded("alicerce-staging-boundary"), OWN],
    "a boundary that somebody else wrote": [() => bounded("alicerce-production-boundary", "/"), OWN],
  },
  ignores: {
    "the role of a cluster's control plane": planOf(
      { type: "eks:index:Cluster", name: "agents", custom: false },
      { type: "aws:iam/role:Role", name: "agents-eksRole", parent: CLUSTER },
    ),
  },
});
