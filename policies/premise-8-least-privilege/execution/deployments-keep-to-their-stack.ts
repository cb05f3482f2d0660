import { TAG } from "../../../contracts/tags.ts";
import { transitWaysOf } from "../../../environments/networks/transit-ways.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { parseArn } from "../../facts/arn.ts";
import { addressOfPolicy, deployedAt, executionStatementsOf } from "../../facts/execution/execution-roles.ts";
import { mayBeAllowed } from "../../facts/execution/hostile-calls.ts";
import { isIntoOthers, isOwnByName, regionsOf } from "../../facts/execution/own-resources.ts";
import { isWithoutResource } from "../../facts/grants/actions.ts";
import { type Context, isMet } from "../../facts/grants/language/conditions.ts";
import { type Statement, statementsOf } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const deploymentsKeepToTheirStack = rule({
  premise: 8,
  id: "deployments-keep-to-their-stack",
  severity: "critical",
  description:
    "What deploys one stack changes nothing of another layer's, another region's or another tenant's: all that is there carries the tag of its stack, or a name.",
  remediation:
    "Allow the action on what carries the tag alicerce:stack with the stack's address, or on names that are the stack's own; in the stack's regions alone.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  subjects: { types: [TYPE.managedPolicy], where: (it, stack) => stack.isOurs && addressOfPolicy(it) !== undefined },
  judge: [
    (it, stack) => {
      const address = addressOfPolicy(it) ?? "";
      const denials = executionStatementsOf(address, stack).filter(({ denies }) => denies);
      const reached = statementsOf(it, "policy").flatMap((one) => reachedBy(one, { address, denials, stack }));
      return [...new Set(reached)].map((action) => `"${it.name}" must not allow ${action} on what is another stack's.`);
    },
    (it, stack) => {
      const at = deployedAt(addressOfPolicy(it) ?? "", stack);
      if (at === undefined) return `"${it.name}" must be named after a stack.`;
      const regions = regionsOf(at);
      const isElsewhere = (region: string): boolean => region !== "" && !regions.includes(region);
      const elsewhere = statementsOf(it, "policy")
        .filter(({ allows }) => allows)
        .flatMap(({ resources }) => resources.map((resource) => parseArn(resource)?.region ?? ""))
        .filter(isElsewhere);
      return [...new Set(elsewhere)].map((region) => `"${it.name}" must not allow anything in ${region}.`);
    },
    (it, stack) => {
      const at = deployedAt(addressOfPolicy(it) ?? "", stack);
      const own = at?.layer === "region" ? transitWaysOf(at.environment, at.region)?.arn : undefined;
      const others = statementsOf(it, "policy")
        .filter(({ allows }) => allows)
        .flatMap(({ resources }) => resources.filter((one) => one.includes(":transit-gateway/") && one !== own));
      return [...new Set(others)].map((one) => `"${it.name}" must not allow to attach a network to ${one}.`);
    },
  ],
});

interface Holder {
  readonly address: string;
  readonly denials: readonly Statement[];
  readonly stack: StackIndex;
}

/** The actions of a statement that reach what carries the tag of another stack. */
function reachedBy(statement: Statement, { address, denials, stack }: Holder): readonly string[] {
  if (!statement.allows) return [];
  if (statement.isInverted || statement.resources.length === 0) return ["everything"];
  if (statement.conditions.some((it) => isMet(it, foreign(address)) === false)) return [];
  const { account } = stack.address.environment;
  const others = statement.resources.filter((it) => !isOwnByName(it, address, account));
  return statement.actions
    .filter((it) => !isWithoutResource(it))
    .filter((action) =>
      others.some(
        (resource) =>
          !isIntoOthers(action, resource, address) &&
          mayBeAllowed([statement, ...denials], { action, resource, context: foreign(address) }),
      ),
    );
}

/** A request that would put the tag of the stack on what has another one's, with whatever else a condition may ask for. */
function foreign(address: string): Context {
  return {
    [`aws:ResourceTag/${TAG.stack}`]: `${address}.other`,
    [`aws:RequestTag/${TAG.stack}`]: address,
    "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["another.example"],
  };
}
