import { DEPLOYERS, executionRoleArn } from "../../../contracts/execution/roles.ts";
import { tenantRegions, tenantsOf } from "../../../environments/address.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { RBAC } from "../../facts/grants/cluster-rights.ts";
import { TYPE } from "../../facts/resource-types.ts";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

export const clustersAdmitOnlyDeployments = rule({
  premise: 8,
  id: "clusters-admit-only-deployments",
  severity: "critical",
  description:
    "Of AWS's principals, a cluster lets in the roles that deploy the region's tenants, each of them, and each into the namespace of its tenant alone.",
  remediation:
    "Declare access entries in the region's stack, for the roles that deploy its tenants, and associate a policy with the scope of one namespace.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoPrivilegedAccess, CONTROL.isoAccessRestriction],
  subjects: { types: [ENTRY, ASSOCIATION, TYPE.cluster], where: (_, stack) => stack.isOurs },
  judge: [
    (it, stack) => {
      if (it.type !== TYPE.cluster) return undefined;
      const isFor = (tenant: string, type: string): boolean =>
        some(stack.ofType(type), (one) => tenantOf(one, stack) === tenant);
      return tenantsIn(stack)
        .filter((tenant) => !isFor(tenant, ENTRY) || !isFor(tenant, ASSOCIATION))
        .map((tenant) => absent(`"${it.name}" must let in the role that deploys ${tenant}, into its namespace.`));
    },
    (it, stack) =>
      it.type !== TYPE.cluster || tenantsIn(stack).length === 0 || mayMakeNamespaces(stack)
        ? undefined
        : absent(`"${it.name}" must let ${DEPLOYERS} make namespaces.`),
    (it, stack) =>
      it.type !== TYPE.cluster && tenantOf(it, stack) === undefined
        ? `"${it.name}" must let in only a role that deploys a tenant of the region.`
        : undefined,
    (it) =>
      it.type !== ENTRY || it.texts("kubernetesGroups").join() === DEPLOYERS
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

/** The tenants that are in the region of a stack. */
function tenantsIn({ address }: StackIndex): readonly string[] {
  return address.layer === "region" ? tenantsOf(address.environment, address.region) : [];
}

/** Whether the group of those that deploy is bound to a role of the cluster that makes namespaces, and does nothing else. */
function mayMakeNamespaces(stack: StackIndex): boolean {
  const isNamed = (it: ResourceView): boolean => it.text("metadata.name") === DEPLOYERS;
  const bound = some(
    stack.ofType(RBAC.clusterRoleBinding),
    (it) =>
      it.text("roleRef.name") === DEPLOYERS &&
      some(it.list("subjects"), (one) => one.text("kind") === "Group" && one.text("name") === DEPLOYERS),
  );
  const isEnough = (it: Value): boolean =>
    it.texts("apiGroups").join() === "" &&
    it.list("apiGroups").length === 1 &&
    it.texts("resources").join() === "namespaces" &&
    it.texts("verbs").join() === "create";
  return bound && some(stack.ofType(RBAC.clusterRole), (it) => isNamed(it) && it.list("rules").every(isEnough));
}

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
