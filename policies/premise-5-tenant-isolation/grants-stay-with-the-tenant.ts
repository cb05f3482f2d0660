import { parseArn } from "../facts/arn.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { isOwnAccount } from "../facts/grants/account.ts";
import { mayNameEverything } from "../facts/grants/actions.ts";
import { isOnBackups } from "../facts/grants/copiers.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { grantors } from "../facts/grants/identities.ts";
import { isForLambdaAlone } from "../facts/grants/network-interfaces.ts";
import { isOwn } from "../facts/grants/ownership.ts";
import type { Statement } from "../facts/policy-document.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";

/** What whoever runs a container does with the region's images, which hold no tenant's data. */
const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

export const grantsStayWithTheTenant = rule({
  premise: 5,
  id: "grants-stay-with-the-tenant",
  severity: "critical",
  description:
    "No role of a tenant is granted anything of another tenant: neither stores nor keys, secrets, queues, logs, functions, runtimes or roles.",
  remediation:
    "Take the ARN from the resource itself, which must be in the same stack; each tenant has tables and buckets of its own.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  subjects: { ...grantors, where: (it, stack) => stack.tenant !== undefined && (grantors.where?.(it, stack) ?? true) },
  judge: (it, stack) => {
    const stays = (statement: Statement): boolean =>
      mayNameEverything(statement) || isForLambdaAlone(statement, it) || isOnOwn(statement, it, stack);
    return every(grantsOf(it), stays)
      ? undefined
      : `"${it.name}" must grant access to resources of its own tenant only.`;
  },
});

function isOnOwn(statement: Statement, policy: ResourceView, stack: StackIndex): boolean {
  const { notResources, resources } = statement;
  if (notResources !== undefined || resources.length === 0) return false;
  const isFine = (it: string): boolean =>
    isOfNoTenant(it, statement, stack) || isOnBackups(it, statement, { policy, stack }) || isOwn(it, stack);
  return every(resources, isFine);
}

/** Whether it is something that tenants share and that holds no data of theirs: models of Amazon Bedrock, and images that are only pulled. */
function isOfNoTenant(resource: string, { actions, notActions }: Statement, stack: StackIndex): boolean {
  const arn = parseArn(resource);
  if (arn?.service === "bedrock") {
    if (arn.resource.startsWith("foundation-model/")) return arn.account === "";
    return arn.resource.startsWith("inference-profile/") && isOwnAccount(arn.account, stack);
  }
  if (arn?.service !== "ecr" || notActions !== undefined || !actions.every((it) => PULL.includes(it))) return false;
  return isOwnAccount(arn.account, stack);
}
