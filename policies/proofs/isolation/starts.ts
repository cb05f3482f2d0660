import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { ownerOf } from "./tenants.ts";
import { allowedBy } from "./documents.ts";
import { namespacesLike } from "./namespaces.ts";
import type { Principal, Principals } from "./principals.ts";

/** A principal as which something of a tenant acts. */
export interface Start {
  readonly tenant: string;
  readonly principal: Principal;
  /** What acts as it, as a sentence. */
  readonly step: string;
}

const ROLE_INPUT = /(?:^r|R)ole(?:s|Arn|Arns|Name)?$/;
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):/;

/** Types that name a role in order to grant it something, not to act as it. */
const GRANTING = /^aws:iam\/|PolicyAttachment$/;

/** As which principals the tenants' own roles, workloads and service accounts act. */
export function startsOf(platform: Platform, principals: Principals, record: Recorder): readonly Start[] {
  const own = principals.all.flatMap((principal) => {
    const { tenant, name, stack } = principal;
    return tenant === undefined ? [] : [{ tenant, principal, step: `"${name}" is declared in ${stack.name}.` }];
  });
  const used = platform.stacks.flatMap((stack) => {
    const tenant = ownerOf(stack);
    if (tenant === undefined) return [];
    return stack.ofType("aws:*").flatMap((resource) => workload(tenant, { resource, stack }, principals));
  });
  return [...own, ...used, ...byAssociation(platform, principals, record), ...byToken(platform, principals, record)];
}

function workload(tenant: string, { resource, stack }: Placed, principals: Principals): readonly Start[] {
  if (GRANTING.test(resource.type) || resource.type === TYPE.podIdentityAssociation) return [];
  return rolesIn(resource.resource.inputs).flatMap((role) => {
    const principal = principals.find(role);
    if (principal === undefined || principal.tenant === tenant) return [];
    return [{ tenant, principal, step: `"${resource.name}" in ${stack.name} acts as the role "${principal.name}".` }];
  });
}

/** The pods of a tenant's namespace act as the role of a Pod Identity association, whoever declares that. */
function byAssociation(platform: Platform, principals: Principals, record: Recorder): readonly Start[] {
  return platform.ofType(TYPE.podIdentityAssociation).flatMap((placed) => {
    const { resource, stack } = placed;
    const starts: Start[] = [];
    record.guarded(placed, () => {
      const namespace = resource.text("namespace") ?? "";
      for (const role of [resource.text("roleArn"), resource.text("targetRoleArn")]) {
        const principal = principals.find(role);
        if (principal === undefined) continue;
        const step = `Pods of the namespace "${namespace}" act as the role "${principal.name}" ("${resource.name}" in ${stack.name}).`;
        for (const { tenant } of namespacesLike(namespace, placed, platform)) starts.push({ tenant, principal, step });
      }
    });
    return starts;
  });
}

/** A role may trust service accounts by the tokens of the cluster (IRSA); without a condition on their subject it trusts all. */
function byToken(platform: Platform, principals: Principals, record: Recorder): readonly Start[] {
  return principals.all.flatMap((principal) => {
    const starts: Start[] = [];
    record.guarded(principal, () => {
      for (const it of allowedBy(principal.resource.at("assumeRolePolicy"), "assumeRolePolicy")) {
        if (!it.principals.some(({ kind, id }) => kind === "Federated" && id.includes("oidc.eks."))) continue;
        for (const { tenant, name } of subjectsOf(it).flatMap((one) => namespacesLike(one, principal, platform))) {
          const step = `Service accounts of the namespace "${name}" may become the role "${principal.name}" by their tokens.`;
          starts.push({ tenant, principal, step });
        }
      }
    });
    return starts;
  });
}

function subjectsOf({ conditions }: Statement): readonly string[] {
  const subjects = conditions.filter(
    ({ operator, key }) => /^String(?:Equals|Like)$/.test(operator) && key.endsWith(":sub"),
  );
  if (subjects.length === 0) return ["*"];
  return subjects.flatMap(({ values }) => values.map((it) => SERVICE_ACCOUNT.exec(it)?.[1] ?? "*"));
}

function rolesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, it]) => {
    if (!ROLE_INPUT.test(key)) return rolesIn(it);
    return typeof it === "string" ? [it] : Array.isArray(it) ? it.filter((each) => typeof each === "string") : [];
  });
}
