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
const ACCOUNT_IS = { StringEquals: { "aws:SourceAccount": ACCOUNT } };
const GITHUB = { Federated: `arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com` };
const AUDIENCE = { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" };
const SUBJECT = { "token.actions.githubusercontent.com:sub": "repo:example/alicerce:ref:refs/heads/main" };

const EXACT = '"worker" must name exactly who may assume it.';
const OWN = '"worker" must be assumed by AWS services for its own account and source only.';
const WORKFLOW = '"worker" must name the subject and audience that it trusts.';

testRule(trustNamesExactPrincipals, {
  accepts: {
    "AgentCore, for this account": () => void roleFor("worker", served()),
    "a service that acts for nobody else": () => trusting({ Service: "vpc-flow-logs.amazonaws.com" }),
    "one workflow": () => trusting(GITHUB, { StringEquals: { ...AUDIENCE, ...SUBJECT } }),
    "one role": () => trusting({ AWS: "arn:aws:iam::444455556666:role/deployer" }),
  },
  rejects: {
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
    "pods of any cluster": [() => trusting({ Service: "pods.eks.amazonaws.com" }, ACCOUNT_IS), OWN],
    "any workflow": [() => trusting(GITHUB, { StringEquals: AUDIENCE }), WORKFLOW],
    "workflows that look alike": [() => trusting(GITHUB, { StringEquals: AUDIENCE, StringLike: SUBJECT }), WORKFLOW],
  },
});
