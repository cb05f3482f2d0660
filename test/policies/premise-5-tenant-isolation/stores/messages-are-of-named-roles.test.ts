import { messagesAreOfNamedRoles } from "../../../../policies/premise-5-tenant-isolation/stores/messages-are-of-named-roles.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const MESSAGE = '"events" must deny all that is done with messages, to all but named roles.';

/** The policy of the bus, with other conditions in what it denies. */
const bus = (change: (statement: Inputs) => Inputs) =>
  shippedWith(
    TENANT,
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    "events",
    statementsIn("policy", (all) => all.map((it) => (it["Effect"] === "Deny" ? change(it) : it))),
  );

testRule(messagesAreOfNamedRoles, {
  accepts: {
    "the queues and the bus of a tenant": shipped(TENANT),
    "a denial of what is not encrypted on its way": shippedWith(
      TENANT,
      "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
      "events",
      statementsIn("policy", (all) => [
        ...all,
        {
          Effect: "Deny",
          Principal: "*",
          Action: "events:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    ),
  },
  rejects: {
    "a denial of other actions": [bus((it) => ({ ...it, Action: ["events:DescribeRule"] })), MESSAGE],
    "a denial to everybody": [bus((it) => ({ ...it, Condition: undefined })), MESSAGE],
    "a denial to all but any role of the account": [
      bus((it) => ({
        ...it,
        Condition: {
          ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" },
          Bool: { "aws:PrincipalIsAWSService": "false" },
        },
      })),
      MESSAGE,
    ],
  },
});
