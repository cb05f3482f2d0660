import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every } from "../../engine/three-values.ts";
import { demands, isArnOfOwnAccount } from "../../facts/grants/account.ts";
import { isPattern } from "../../facts/grants/language/patterns.ts";
import { type Statement, statementsOf } from "../../facts/policy-document.ts";

/** What is done with the messages of queues and buses, by the type of their policies. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  "aws:sqs/queuePolicy:QueuePolicy": [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
  ],
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": ["events:PutEvents"],
};

export const messagesAreOfNamedRoles = rule({
  premise: 5,
  id: "messages-are-of-named-roles",
  severity: "high",
  description:
    "Where the policy of a tenant's queue or bus denies others its messages, it denies all that is done with them, to all but named roles and AWS's own services.",
  remediation:
    "Deny every action on messages, with ArnNotEquals aws:PrincipalArn for the roles and Bool aws:PrincipalIsAWSService false.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.isoSegregation],
  subjects: { types: Object.keys(ACTIONS), where: (_, stack) => stack.tenant !== undefined },
  judge: (it, stack) => {
    const denials = statementsOf(it, "policy").filter((one) => one.denies && !isOfTransport(one));
    return every(denials, (one) => isWhole(one, ACTIONS[it.type] ?? [], stack))
      ? undefined
      : `"${it.name}" must deny all that is done with messages, to all but named roles.`;
  },
});

/** Whether a statement denies what is not encrypted on its way, and so says nothing of roles. */
function isOfTransport({ conditions }: Statement): boolean {
  return conditions.length > 0 && conditions.every(({ key }) => key.toLowerCase() === "aws:securetransport");
}

function isWhole({ actions, conditions, principals }: Statement, all: readonly string[], stack: StackIndex): boolean {
  const isExact = (it: string): boolean => isArnOfOwnAccount(it, stack) && !isPattern(it);
  return (
    principals.some(({ id }) => id === "*") &&
    all.every((it) => actions.includes(it)) &&
    conditions.length === 2 &&
    demands(conditions, "aws:PrincipalArn", isExact, ["ArnNotEquals"]) &&
    demands(conditions, "aws:PrincipalIsAWSService", (it) => it === "false", ["Bool"])
  );
}
