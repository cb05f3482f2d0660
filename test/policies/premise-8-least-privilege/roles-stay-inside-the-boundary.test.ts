import * as aws from "@pulumi/aws";
import { rolesStayInsideTheBoundary } from "../../../policies/premise-8-least-privilege/roles-stay-inside-the-boundary.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { ACCOUNT, planOf, policyOf, policyOfText, roleFor, served, urnOf } from "../programs.ts";

type Fields = Readonly<Record<string, unknown>>;

const READS = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example/*" };
const LOGS = { Effect: "Allow", Action: "logs:PutLogEvents", Resource: `arn:aws:logs:*:${ACCOUNT}:log-group:*` };

/** A role under a boundary of that name and path. */
function bounded(name: string, path = "/alicerce/", ...statements: readonly Fields[]): void {
  const opts = served();
  const policy = policyOf(...(statements.length === 0 ? [LOGS] : statements));
  const boundary = new aws.iam.Policy("boundary", { name, path, policy }, opts);
  roleFor("worker", opts, { permissionsBoundary: boundary.arn });
}

/** A role under a boundary that is not in the stack. */
const under = (permissionsBoundary: string): Plan =>
  planOf({ type: "aws:iam/role:Role", name: "worker", inputs: { permissionsBoundary } });

/** The environment's own boundary with these statements. */
const boundary = (...statements: readonly Fields[]): aws.iam.Policy =>
  new aws.iam.Policy(
    "boundary",
    { name: "alicerce-production-boundary", path: "/alicerce/", policy: policyOf(...statements) },
    served(),
  );

/** The role of a cluster's control plane. */
const clusterRole = (inputs: Fields = {}): Plan =>
  planOf({
    type: "aws:iam/role:Role",
    name: "agents-eksRole",
    inputs: {
      ...inputs,
      assumeRolePolicy: policyOfText({
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Principal: { Service: ["eks.amazonaws.com"] },
      }),
    },
  });

const BOUNDS = '"boundary" must bound: exact actions, on resources of its own account.';

const OWN = '"worker" must have the permissions boundary of its own environment.';

testRule(rolesStayInsideTheBoundary, {
  accepts: {
    "the boundary of its environment": () => bounded("alicerce-production-boundary"),
    "the boundary of clusters, for a cluster's control plane": clusterRole({
      permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/alicerce/alicerce-production-cluster-boundary`,
    }),
    "a narrower boundary that the stack declares": () => bounded("readers", "/alicerce/", LOGS),
    "a boundary that lets read one bucket of the account": () =>
      boundary({ ...READS, Condition: { StringEquals: { "aws:ResourceAccount": ACCOUNT } } }, LOGS),
    "a boundary that also denies everything else": () =>
      boundary(LOGS, { Effect: "Deny", NotAction: "logs:*", Resource: "*" }),
    "a boundary with actions that know no resource": () =>
      boundary({ Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" }),
  },
  rejects: {
    "a boundary that allows everything": [() => boundary({ Effect: "Allow", Action: "*", Resource: "*" }), BOUNDS],
    "a boundary that allows all of a service": [() => boundary({ ...LOGS, Action: "iam:*" }), BOUNDS],
    "a boundary that allows all but some": [
      () => boundary({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      BOUNDS,
    ],
    "a boundary that reaches other accounts": [
      () => boundary({ ...LOGS, Resource: "arn:aws:logs:*:*:log-group:*" }),
      BOUNDS,
    ],
    "a boundary that reaches another account": [
      () => boundary(LOGS, { ...LOGS, Resource: "arn:aws:logs:*:999988887777:log-group:*" }),
      BOUNDS,
    ],
    "a boundary that reaches buckets of every account": [
      () => boundary({ ...READS, Resource: "arn:aws:s3:::*" }),
      BOUNDS,
    ],
    "a boundary that lets change other roles": [
      () => boundary({ Effect: "Allow", Action: "iam:PutRolePolicy", Resource: `arn:aws:iam::${ACCOUNT}:role/*` }),
      BOUNDS,
    ],
    "a boundary that lets become any role": [
      () => boundary({ Effect: "Allow", Action: "sts:AssumeRole", Resource: `arn:aws:iam::${ACCOUNT}:role/*` }),
      BOUNDS,
    ],
    "a boundary of the stack's own that bounds nothing": [
      () => bounded("readers", "/alicerce/", { Effect: "Allow", Action: "*", Resource: "*" }),
      BOUNDS,
    ],
    "a boundary of that name in another account": [
      under("arn:aws:iam::999988887777:policy/alicerce/alicerce-production-boundary"),
      OWN,
    ],
    "a role that only stands inside a cluster": [
      planOf(
        { type: "eks:index:Cluster", name: "agents", custom: false },
        {
          type: "aws:iam/role:Role",
          name: "worker",
          parent: urnOf("eks:index:Cluster", "agents"),
          inputs: {
            assumeRolePolicy: policyOfText({
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Principal: { Service: "lambda.amazonaws.com" },
            }),
          },
        },
      ),
      '"worker" must have a permissions boundary.',
    ],
    "a role without a boundary": [() => void roleFor("worker", served()), '"worker" must have a permissions boundary.'],
    "the boundary of another environment": [
      under(`arn:aws:iam::${ACCOUNT}:policy/alicerce/alicerce-staging-boundary`),
      OWN,
    ],
    "a boundary that another stack declares, of which nothing is known": [
      under(`arn:aws:iam::${ACCOUNT}:policy/alicerce-production-boundary`),
      OWN,
    ],
    "the boundary of clusters, for anything else": [
      under(`arn:aws:iam::${ACCOUNT}:policy/alicerce/alicerce-production-cluster-boundary`),
      OWN,
    ],
    "a role of a cluster without a boundary": [clusterRole(), '"agents-eksRole" must have a permissions boundary.'],
  },
});
