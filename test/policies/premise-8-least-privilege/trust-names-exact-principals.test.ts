import { trustNamesExactPrincipals } from "../../../policies/premise-8-least-privilege/trust-names-exact-principals.ts";
import { testRule } from "../../support/rule-tester.ts";
import { ACCOUNT, policyOf, roleFor, served } from "../programs.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A role that the principal may assume, under the condition. */
function trusting(principal: unknown, condition?: Fields, change: Fields = {}): void {
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: principal, Condition: condition, ...change };
  roleFor("worker", served(), { assumeRolePolicy: policyOf(trust) });
}

const AGENTCORE = { Service: "bedrock-agentcore.amazonaws.com" };
const FLOW_LOGS = { Service: "vpc-flow-logs.amazonaws.com" };
const PODS = { Service: "pods.eks.amazonaws.com" };
const ACCOUNT_IS = { StringEquals: { "aws:SourceAccount": ACCOUNT } };
const OF_CLUSTER = {
  "aws:SourceAccount": ACCOUNT,
  "aws:SourceArn": `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/alicerce`,
};
const OF_PODS = {
  "aws:RequestTag/kubernetes-namespace": "xyz-gmbh",
  "aws:RequestTag/kubernetes-service-account": "worker",
};
const ISSUER = "token.actions.githubusercontent.com";
const GITHUB = { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` };
const AUDIENCE = { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" };
const SUBJECT = { "token.actions.githubusercontent.com:sub": "repo:example/alicerce:ref:refs/heads/main" };

const EXACT = '"worker" must name exactly who may assume it.';
const OWN = '"worker" must be assumed by AWS services for its own account and source only.';
const ONE_ACCOUNT = '"worker" must name the namespace and the service account of the pods that get it.';
const WORKFLOW = '"worker" must name the subject and audience that it trusts.';

testRule(trustNamesExactPrincipals, {
  accepts: {
    "AgentCore, for this account": () => void roleFor("worker", served()),
    "a service that acts for nobody else": () => trusting({ Service: "lambda.amazonaws.com" }),
    "schedules of one group of this account": () =>
      trusting(
        { Service: "scheduler.amazonaws.com" },
        { ...ACCOUNT_IS, ArnLike: { "aws:SourceArn": `arn:aws:scheduler:eu-west-1:${ACCOUNT}:schedule/nightly/*` } },
      ),
    "flow logs of this account": () =>
      trusting(FLOW_LOGS, {
        ...ACCOUNT_IS,
        ArnLike: { "aws:SourceArn": `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc-flow-log/*` },
      }),
    "pods of one service account": () => trusting(PODS, { StringEquals: { ...OF_CLUSTER, ...OF_PODS } }),
    "one workflow": () => trusting(GITHUB, { StringEquals: { ...AUDIENCE, ...SUBJECT } }),
    "one role": () => trusting({ AWS: `arn:aws:iam::${ACCOUNT}:role/deployer` }),
    "the tags of one repository": () =>
      trusting(GITHUB, {
        StringEquals: AUDIENCE,
        StringLike: { [`${ISSUER}:sub`]: "repo:example/alicerce:ref:refs/tags/v*" },
      }),
    "one environment of one repository": () =>
      trusting(GITHUB, {
        StringEquals: { ...AUDIENCE, [`${ISSUER}:sub`]: "repo:example/alicerce:environment:production" },
      }),
  },
  rejects: {
    "all actions of STS": [
      () => trusting({ AWS: `arn:aws:iam::${ACCOUNT}:role/deployer` }, undefined, { Action: "sts:*" }),
      '"worker" must name the actions by which it is assumed.',
    ],
    "a role of another account": [() => trusting({ AWS: "arn:aws:iam::999988887777:role/deployer" }), EXACT],
    "a user of another account beside a role of its own": [
      () => trusting({ AWS: [`arn:aws:iam::${ACCOUNT}:role/deployer`, "arn:aws:iam::999988887777:user/eve"] }),
      EXACT,
    ],
    "an identity provider of another account": [
      () =>
        trusting(
          { Federated: `arn:aws:iam::999988887777:oidc-provider/${ISSUER}` },
          { StringEquals: { ...AUDIENCE, ...SUBJECT } },
        ),
      EXACT,
    ],
    ...Object.fromEntries(
      ["config", "events", "firehose", "pipes", "scheduler", "sns", "states", "unheard-of"].map((it) => [
        `${it} for any account`,
        [() => trusting({ Service: `${it}.amazonaws.com` }), OWN] as const,
      ]),
    ),
    "a schedule of any account, beside a function": [
      () => trusting({ Service: ["lambda.amazonaws.com", "scheduler.amazonaws.com"] }),
      OWN,
    ],
    "a schedule of this account, whatever it is": [
      () => trusting({ Service: "scheduler.amazonaws.com" }, ACCOUNT_IS),
      OWN,
    ],
    "a chat channel of any account": [() => trusting({ Service: "chatbot.amazonaws.com" }), OWN],
    "AgentCore for another account": [
      () =>
        trusting(AGENTCORE, {
          StringEquals: { "aws:SourceAccount": "999988887777" },
          ArnLike: { "aws:SourceArn": "arn:aws:bedrock-agentcore:eu-west-1:999988887777:runtime/a-*" },
        }),
      OWN,
    ],
    "AgentCore for this account or another": [
      () =>
        trusting(AGENTCORE, {
          StringEquals: { "aws:SourceAccount": [ACCOUNT, "999988887777"] },
          ArnLike: { "aws:SourceArn": `arn:aws:bedrock-agentcore:eu-west-1:${ACCOUNT}:runtime/a-*` },
        }),
      OWN,
    ],
    "AgentCore for a source of another account": [
      () =>
        trusting(AGENTCORE, {
          ...ACCOUNT_IS,
          ArnLike: { "aws:SourceArn": "arn:aws:bedrock-agentcore:eu-west-1:999988887777:runtime/a-*" },
        }),
      OWN,
    ],
    "AgentCore for every source of this account": [
      () =>
        trusting(AGENTCORE, {
          ...ACCOUNT_IS,
          ArnLike: { "aws:SourceArn": `arn:aws:bedrock-agentcore:eu-west-1:${ACCOUNT}:*` },
        }),
      OWN,
    ],
    "AgentCore where the account is only compared if it is said": [
      () =>
        trusting(AGENTCORE, {
          StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT },
          ArnLike: { "aws:SourceArn": `arn:aws:bedrock-agentcore:eu-west-1:${ACCOUNT}:runtime/a-*` },
        }),
      OWN,
    ],
    "a workflow of another repository": [
      () =>
        trusting(GITHUB, { StringEquals: { ...AUDIENCE, [`${ISSUER}:sub`]: "repo:eve/alicerce:ref:refs/heads/main" } }),
      WORKFLOW,
    ],
    "any branch of the repository": [
      () => trusting(GITHUB, { StringEquals: AUDIENCE, StringLike: { [`${ISSUER}:sub`]: "repo:example/alicerce:*" } }),
      WORKFLOW,
    ],
    "any branch that is named so": [
      () =>
        trusting(GITHUB, {
          StringEquals: AUDIENCE,
          StringLike: { [`${ISSUER}:sub`]: "repo:example/alicerce:ref:refs/heads/*" },
        }),
      WORKFLOW,
    ],
    "the tags of repositories that begin alike": [
      () =>
        trusting(GITHUB, {
          StringEquals: AUDIENCE,
          StringLike: { [`${ISSUER}:sub`]: "repo:example/alicerce*:ref:refs/tags/v*" },
        }),
      WORKFLOW,
    ],
    "the subject of another issuer": [
      () =>
        trusting(GITHUB, {
          StringEquals: { ...AUDIENCE, "eve.example.com:sub": "repo:example/alicerce:ref:refs/heads/main" },
        }),
      WORKFLOW,
    ],
    anyone: [() => trusting("*"), EXACT],
    "any account": [() => trusting({ AWS: "*" }), EXACT],
    "a whole account by its root": [() => trusting({ AWS: "arn:aws:iam::444455556666:root" }), EXACT],
    "a whole account by its id": [() => trusting({ AWS: "444455556666" }), EXACT],
    "everyone but one": [
      () => trusting(undefined, undefined, { NotPrincipal: { AWS: "arn:aws:iam::444455556666:role/deployer" } }),
      EXACT,
    ],
    "AgentCore for anyone": [() => trusting(AGENTCORE), OWN],
    "AgentCore for anything of this account": [() => trusting(AGENTCORE, ACCOUNT_IS), OWN],
    "AgentCore for any source": [() => trusting(AGENTCORE, { ...ACCOUNT_IS, ArnLike: { "aws:SourceArn": "*" } }), OWN],
    "flow logs of anyone": [() => trusting(FLOW_LOGS), OWN],
    "pods of any cluster": [() => trusting(PODS, { StringEquals: { "aws:SourceAccount": ACCOUNT, ...OF_PODS } }), OWN],
    "any pods of any cluster": [() => trusting(PODS, ACCOUNT_IS), OWN, ONE_ACCOUNT],
    "any pods of one cluster": [() => trusting(PODS, { StringEquals: OF_CLUSTER }), ONE_ACCOUNT],
    "the pods of a namespace, whatever their service account": [
      () =>
        trusting(PODS, {
          StringEquals: { ...OF_CLUSTER, "aws:RequestTag/kubernetes-namespace": "xyz-gmbh" },
        }),
      ONE_ACCOUNT,
    ],
    "any workflow": [() => trusting(GITHUB, { StringEquals: AUDIENCE }), WORKFLOW],
  },
});
