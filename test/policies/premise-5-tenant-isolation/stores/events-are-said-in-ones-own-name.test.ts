import { eventsAreSaidInOnesOwnName } from "../../../../policies/premise-5-tenant-isolation/stores/events-are-said-in-ones-own-name.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const GRANT = "aws:iam/rolePolicy:RolePolicy";
const SAYS = "agent-data-transformer-says";
const ANY = `"${SAYS}" must allow events:PutEvents under one events:source alone.`;
const SHARED = `"${SAYS}" must allow events:PutEvents under a source that no other role may use.`;

/** The grant of an agent, with another condition. */
const saying = (Condition: unknown, more: Inputs = {}) =>
  shippedWith(
    TENANT,
    GRANT,
    SAYS,
    statementsIn("policy", (all) => all.map((it) => ({ ...it, Condition, ...more }))),
  );

testRule(eventsAreSaidInOnesOwnName, {
  accepts: {
    "the agents and BFFs of a tenant": shipped(TENANT),
    "agents on AgentCore Runtime": shipped("development.us-east-1.acme-corp"),
    "a source of its own and any type": saying({ StringEquals: { "events:source": "agent.data-transformer" } }),
    "the name of the key in other letters": saying({ StringEquals: { "Events:Source": "agent.data-transformer" } }),
  },
  rejects: {
    "any source": [saying(undefined), ANY],
    "a type and any source": [saying({ StringEquals: { "events:detail-type": "records.processed" } }), ANY],
    "sources of all agents": [saying({ StringLike: { "events:source": "agent.*" } }), ANY],
    "two sources": [saying({ StringEquals: { "events:source": ["agent.data-transformer", "bff.b2b"] } }), ANY],
    "every call on events": [saying(undefined, { Action: "events:*" }), ANY],
    "the source of the BFF": [
      saying({ StringEquals: { "events:source": "bff.b2b" } }),
      SHARED,
      SHARED.replace(SAYS, "bff-b2b-says"),
    ],
  },
  ignores: { "the boundaries of an environment": shipped("production") },
});
