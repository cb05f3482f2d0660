import { DEPLOYERS, executionRoleArn } from "../../../contracts/execution/roles.ts";
import { tenantRegions } from "../../../environments/address.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

export const clustersAdmitOnlyDeployments = rule({
  premise: 8,
  id: "clusters-admit-only-deployments",
  severity: "critical",
  description:
    "Of AWS's principals, a cluster lets in the roles that deploy the region's tenants, each into the namespace of its tenant alone.",
  remediation:
    "Declare access entries in the region's stack, for the roles that deploy its tenants, and associate a policy with the scope of one namespace.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoPrivilegedAccess, CONTROL.isoAccessRestriction],
  subjects: { types: [ENTRY, ASSOCIATION], where: (_, stack) => stack.isOurs },
  judge: [
    (it, stack) =>
      tenantOf(it, stack) === undefined
        ? `"${it.name}" must let in only a role that deploys a tenant of the region.`
        : undefined,
    (it) =>
      it.type !== ENTRY || it.texts("kubernetesGroups").every((group) => group === DEPLOYERS)
        ? undefined
        : `"${it.name}" must be in no group of the cluster but ${DEPLOYERS}.`,
    (it, stack) => {
      if (it.type !== ASSOCIATION) return undefined;
      const isOfOne = it.text("accessScope.type") === "namespace";
      return isOfOne && it.texts("accessScope.namespaces").join() === tenantOf(it, stack)
        ? undefined
        : `"${it.name}" must hold in the namespace of the tenant alone.`;
    },
  ],
});

/** The tenant whose stack the principal deploys, if that is in the same region as the stack. */
function tenantOf(it: ResourceView, { address, name }: StackIndex): string | undefined {
  if (address.layer !== "region") return undefined;
  const { account, tenants } = address.environment;
  const principal = it.text("principalArn");
  const found = Object.entries(tenants).find(
    ([id, tenant]) =>
      tenantRegions(tenant).includes(address.region) && executionRoleArn(account, `${name}.${id}`) === principal,
  );
  return found?.[0];
}
