import { parseArn } from "../facts/arn.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { grantors, grantsOf } from "../facts/grants.ts";
import type { Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";

/** The types of stores that hold a tenant's data, by their service's name in IAM actions. */
const STORES: Readonly<Record<string, string>> = {
  dynamodb: TYPE.table,
  "rds-db": TYPE.database,
  s3: TYPE.bucket,
};

export const grantsStayWithTheTenant = rule({
  premise: 5,
  id: "grants-stay-with-the-tenant",
  severity: "critical",
  description: "No role of a tenant may read or write another tenant's tables, buckets or databases.",
  remediation: "Take the ARN from the store itself, which must be in the same stack.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  subjects: { ...grantors, where: (it, stack) => stack.tenant !== undefined && (grantors.where?.(it, stack) ?? true) },
  judge: Object.entries(STORES).map(([service, type]) => (it, stack) => {
    const granted = grantsOf(it).filter(({ actions }) => actions.some((action) => action.startsWith(`${service}:`)));
    const stays = every(granted, (statement) => staysAmong(ownStores(it, stack, type), statement, stack));
    return stays ? undefined : `"${it.name}" must grant access to stores of its own tenant only.`;
  }),
});

/** The stores of the stack from which the ARNs of a policy may have come. */
function ownStores(policy: ResourceView, stack: StackIndex, type: string): number {
  const input = policy.type === TYPE.rolePolicy ? "policy" : "inlinePolicies";
  return stack.linked(policy, input).filter((it) => it.type === type).length;
}

/** Whether it names no more stores than came from this stack, all in the stack's own account and region. */
function staysAmong(own: number, { isInverted, resources }: Statement, stack: StackIndex): boolean {
  const named = new Set(resources.map(storeOf));
  return !isInverted && !named.has(undefined) && named.size <= own && every(resources, (it) => isOfPlace(it, stack));
}

/** The store that an ARN names, or whose contents it names; `undefined` where a wildcard may stand for several. */
function storeOf(resource: string): string | undefined {
  const arn = parseArn(resource);
  const name = arn?.service === "s3" ? arn.resource.split("/")[0] : arn?.resource.split(/[/:]/)[1];
  return arn === undefined || !name || /[*?]/.test(name) ? undefined : `${arn.region} ${arn.account} ${name}`;
}

/** Whether an ARN is in the stack's account and region; ARNs of buckets name neither. */
function isOfPlace(resource: string, { address }: StackIndex): boolean {
  const { region = "", account = "" } = parseArn(resource) ?? {};
  const isOwnRegion = region === "" || (address.layer !== "environment" && region === address.region);
  return isOwnRegion && (account === "" || account === address.environment.account);
}
