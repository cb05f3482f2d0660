import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { some } from "../engine/three-values.ts";
import { statementsOf } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";

/** The types whose policy documents can deny, and the input with the document. */
const DOCUMENT: Readonly<Record<string, string>> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": "policy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
  [TYPE.bucketPolicy]: "policy",
  [TYPE.key]: "policy",
  [TYPE.replicaKey]: "policy",
  [TYPE.resourcePolicy]: "policy",
  [TYPE.rolePolicy]: "policy",
};

export const denialsNegateWithoutIfExists = rule({
  premise: 8,
  id: "denials-negate-without-if-exists",
  severity: "medium",
  description:
    "A denial says whether it is meant for requests without the key, too: a negated operator matches those, with `IfExists` and without.",
  remediation:
    "Take `IfExists` from the negated operator, and add `Null` with `false` where a request without the key is fine.",
  frameworks: [CONTROL.isoAccessRestriction, CONTROL.soc2LogicalAccess],
  subjects: { types: Object.keys(DOCUMENT), where: (it) => it.has(DOCUMENT[it.type] ?? "") },
  judge: (it) =>
    some(statementsOf(it, DOCUMENT[it.type] ?? ""), ({ denies, conditions }) =>
      conditions.some(({ operator }) => denies && /Not(?:Equals|Like|IpAddress)\w*IfExists$/i.test(operator)),
    )
      ? `"${it.name}" must deny without a negated operator that ends in IfExists.`
      : undefined,
});
