import { resourcePoliciesNameWhatTheyAllow } from "../../../../policies/premise-8-least-privilege/resources/resource-policies-name-what-they-allow.ts";
import type { Plan } from "../../../../plan/model.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf, policyOfText } from "../../programs.ts";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts";
const GRANT = {
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: "sns:Publish",
  Resource: TOPIC,
};

const topic = (grant: object): Plan =>
  planOf({
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: "alerts",
    inputs: { arn: TOPIC, policy: policyOfText({ ...GRANT, ...grant }) },
  });

const key = (grant: object): Plan =>
  planOf({
    type: "aws:kms/key:Key",
    name: "key",
    inputs: { policy: policyOfText({ ...GRANT, Action: "kms:Decrypt", Resource: "*", ...grant }) },
  });

const ROOT = "arn:aws:iam::111122223333:root";
const DEFAULT = { Principal: { AWS: ROOT }, Action: "kms:*" };
const ACTIONS_OF_KEY = '"key" must allow each action by its name.';
const ACTIONS = '"alerts" must allow each action by its name.';
const PRINCIPALS = '"alerts" must name each principal that it lets in.';
const RESOURCES = '"alerts" must name the resources that it is on.';

testRule(resourcePoliciesNameWhatTheyAllow, {
  accepts: {
    "a service, an action and a topic by name": topic({}),
    "two actions of a role": topic({
      Principal: { AWS: "arn:aws:iam::111122223333:role/a" },
      Action: ["sns:Publish", "sns:Subscribe"],
    }),
    "the key itself, which `*` stands for": key({}),
    "a key of which IAM of its own account decides, as by default": key({ ...DEFAULT }),
    "objects below a prefix": topic({ Resource: "arn:aws:s3:::records/AWSLogs/*" }),
    "a denial of everything beside it": planOf({
      type: "aws:sns/topicPolicy:TopicPolicy",
      name: "alerts",
      inputs: {
        arn: TOPIC,
        policy: policyOfText(GRANT, { Effect: "Deny", Principal: "*", NotAction: "sns:Publish", Resource: "*" }),
      },
    }),
  },
  rejects: {
    "every action": [topic({ Action: "*" }), ACTIONS],
    "every action on a key, by a role": [
      key({ ...DEFAULT, Principal: { AWS: "arn:aws:iam::111122223333:role/a" } }),
      ACTIONS_OF_KEY,
    ],
    "every action on a key, by another account": [
      key({ ...DEFAULT, Principal: { AWS: "arn:aws:iam::444455556666:root" } }),
      ACTIONS_OF_KEY,
    ],
    "every action on a key, by a role beside the account": [
      key({ ...DEFAULT, Principal: { AWS: [ROOT, "arn:aws:iam::111122223333:role/a"] } }),
      ACTIONS_OF_KEY,
    ],
    "every action there is on a key, by its account": [key({ ...DEFAULT, Action: "*" }), ACTIONS_OF_KEY],
    "every action on a topic, by its account": [topic({ Principal: { AWS: ROOT }, Action: "sns:*" }), ACTIONS],
    "every action of a service": [topic({ Action: "sns:*" }), ACTIONS],
    "every action but one": [topic({ Action: undefined, NotAction: "sns:Publish" }), ACTIONS],
    "everybody, though of the account alone": [
      topic({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } }),
      PRINCIPALS,
    ],
    "everybody as an AWS principal": [topic({ Principal: { AWS: "*" } }), PRINCIPALS],
    "everybody but one": [
      topic({ Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:role/a" } }),
      PRINCIPALS,
    ],
    "every resource": [topic({ Resource: "*" }), RESOURCES],
    "every resource but one": [topic({ Resource: undefined, NotResource: TOPIC }), RESOURCES],
    "every resource but one, in the policy of a key": [
      key({ Resource: undefined, NotResource: TOPIC }),
      '"key" must name the resources that it is on.',
    ],
  },
  ignores: { "a bucket without a policy": planOf({ type: "aws:s3/bucket:Bucket", name: "files", inputs: {} }) },
});
