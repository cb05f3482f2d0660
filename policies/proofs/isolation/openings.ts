import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import { Value } from "../../engine/value.ts";
import { contains } from "../../../contracts/network/address-range.ts";
import { rangesOf } from "../../facts/reach/subnets.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { ownerOf, regionOf } from "./tenants.ts";
import { namespacesLike, type TenantNamespace, tenantNamespaces } from "./namespaces.ts";
import type { Principals } from "./principals.ts";

const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const CLUSTER_BINDING = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding";
const ACCESS = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

/** Groups that hold the service accounts of every namespace. */
const EVERYBODY: readonly string[] = ["system:authenticated", "system:serviceaccounts", "system:unauthenticated"];

/** Finds what lets one tenant into another one's namespace of the same cluster: objects, bindings, network policies, access to the cluster. */
export function findOpenings(platform: Platform, principals: Principals, record: Recorder): void {
  record.count("namespaces of tenants", tenantNamespaces(platform).length);
  for (const it of platform.ofType("kubernetes:*"))
    if (it.resource.resource.custom) record.guarded(it, () => strayObject(it, platform, record));
  for (const it of platform.ofType(BINDING, CLUSTER_BINDING)) record.guarded(it, () => binding(it, platform, record));
  for (const it of platform.ofType(TYPE.networkPolicy)) record.guarded(it, () => ingress(it, platform, record));
  for (const it of platform.ofType(ACCESS)) record.guarded(it, () => access(it, platform, principals, record));
}

/** An object of one tenant's stack in the namespace of another one. */
function strayObject(it: Placed, platform: Platform, record: Recorder): void {
  const tenant = ownerOf(it.stack);
  const namespace = it.resource.text("metadata.namespace");
  if (tenant === undefined || namespace === undefined) return;
  const foreign = othersThan(tenant, namespacesLike(namespace, it, platform));
  for (const to of foreign) letIn(it, to, tenant, record, `It is declared in the namespace "${to.name}".`);
}

/** Service accounts of one tenant with rights in the namespace of another one. */
function binding(it: Placed, platform: Platform, record: Recorder): void {
  const reach = it.resource.type === CLUSTER_BINDING ? "*" : (it.resource.text("metadata.namespace") ?? "default");
  for (const subject of it.resource.list("subjects")) {
    const from = subjectNamespace(subject);
    if (from === undefined) continue;
    for (const { tenant, name } of namespacesLike(from, it, platform))
      for (const to of othersThan(tenant, namespacesLike(reach, it, platform)))
        letIn(it, to, tenant, record, `It gives rights there to service accounts of the namespace "${name}".`);
  }
}

function subjectNamespace(subject: Value): string | undefined {
  const [kind, name = ""] = [subject.text("kind"), subject.text("name")];
  if (kind === "ServiceAccount") return subject.text("namespace");
  if (EVERYBODY.includes(name)) return "*";
  return /^system:serviceaccounts?:([^:]+)/.exec(name)?.[1];
}

/** Pods of one tenant that a network policy of another one's namespace lets in. */
function ingress(it: Placed, platform: Platform, record: Recorder): void {
  const peers = it.resource.list("spec.ingress").flatMap((rule) => (rule.has("from") ? rule.list("from") : [ANYBODY]));
  const open = peers.filter((peer) => peer.has("namespaceSelector"));
  for (const to of namespacesLike(it.resource.text("metadata.namespace") ?? "default", it, platform))
    for (const from of othersThan(to.tenant, namespacesLike("*", it, platform)))
      if (open.some((peer) => selects(peer, from)))
        letIn(it, to, from.tenant, record, `It lets in pods of the namespace "${from.name}", by namespaceSelector.`);
  const ranges = peers.flatMap((peer) => peer.text("ipBlock.cidr") ?? []);
  if (ranges.length > 0) byAddress(it, ranges, platform, record);
}

/** Pods of all tenants have addresses in the subnets of the cluster, which a range of addresses lets in without saying whose they are. */
function byAddress(it: Placed, ranges: readonly string[], platform: Platform, record: Recorder): void {
  const clusters = platform.ofType(TYPE.cluster).filter(({ stack }) => regionOf(stack) === regionOf(it.stack));
  const ofPods = rangesOf(
    platform,
    clusters.flatMap(({ resource }) => resource.texts("vpcConfig.subnetIds")),
  );
  const shared = ranges.find((range) => ofPods.some((other) => contains(range, other) || contains(other, range)));
  if (shared === undefined) return;
  for (const to of namespacesLike(it.resource.text("metadata.namespace") ?? "default", it, platform))
    for (const from of othersThan(to.tenant, namespacesLike("*", it, platform)))
      letIn(it, to, from.tenant, record, `It lets in pods of the namespace "${from.name}", by the range ${shared}.`);
}

/** What an ingress rule without `from` lets in. */
const ANYBODY = new Value({ namespaceSelector: {} });

/** Whether a selector of namespaces matches; an operator that is not understood does not restrict. */
function selects(peer: Value, { resource, name }: TenantNamespace): boolean {
  const label = (key: string): string | undefined =>
    key === "kubernetes.io/metadata.name" ? name : resource.label(key);
  const byLabels = peer.entries("namespaceSelector.matchLabels").every(([key, value]) => label(key) === value.text());
  const byExpressions = peer.list("namespaceSelector.matchExpressions").every((it) => {
    const value = label(it.text("key") ?? "");
    const values = it.texts("values");
    if (it.text("operator") === "In") return value !== undefined && values.includes(value);
    if (it.text("operator") === "NotIn") return value === undefined || !values.includes(value);
    if (it.text("operator") === "Exists") return value !== undefined;
    return it.text("operator") !== "DoesNotExist" || value === undefined;
  });
  return byLabels && byExpressions;
}

/** Roles of one tenant that the cluster's own API lets into namespaces of another one. */
function access(it: Placed, platform: Platform, principals: Principals, record: Recorder): void {
  const tenant = principals.find(it.resource.text("principalArn"))?.tenant ?? ownerOf(it.stack);
  if (tenant === undefined) return;
  const scopes =
    it.resource.text("accessScope.type") === "namespace" ? it.resource.texts("accessScope.namespaces") : ["*"];
  for (const to of othersThan(
    tenant,
    scopes.flatMap((scope) => namespacesLike(scope, it, platform)),
  ))
    letIn(it, to, tenant, record, `It gives a role of the tenant rights in the namespace "${to.name}".`);
}

function othersThan(tenant: string, all: readonly TenantNamespace[]): readonly TenantNamespace[] {
  return all.filter((it) => it.tenant !== tenant);
}

function letIn({ resource, stack }: Placed, to: TenantNamespace, tenant: string, record: Recorder, step: string): void {
  record.violated(
    { resource, stack },
    `"${resource.name}" must let nothing of tenant "${tenant}" into the namespace "${to.name}" of tenant "${to.tenant}".`,
    [
      `"${resource.name}" is ${resource.type} in ${stack.name}.`,
      step,
      `The namespace "${to.name}" is of tenant "${to.tenant}" (${to.stack.name}), on the cluster of ${regionOf(to.stack) ?? ""}.`,
    ],
  );
}
