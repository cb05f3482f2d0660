import { describe, expect, it } from "vitest";
import type { Described } from "../../programs.ts";
import { ACME, NEIGHBOUR, planIn } from "../platforms.ts";
import { found } from "./found.ts";
import { bucket, grant, object, role, roleArn } from "./resources.ts";

describe("what lets one tenant into another one's namespace is found", () => {
  const RBAC = "rbac.authorization.k8s.io/v1";
  const ours = object("core/v1:Namespace", "acme-corp", undefined);
  const theirs = object("core/v1:Namespace", "neighbour", undefined);
  const opening = (it: Described, where = NEIGHBOUR): readonly string[] => {
    const all = new Map([
      [ACME, [ours]],
      [NEIGHBOUR, [theirs]],
    ]);
    all.get(where)?.push(it);
    return found(...[...all].map(([stack, resources]) => planIn(stack, ...resources)));
  };
  const policyFor = (from: unknown): Described =>
    object("networking.k8s.io/v1:NetworkPolicy", "open", "neighbour", {
      spec: { podSelector: {}, ingress: from === undefined ? [{}] : [{ from }] },
    });

  it.each<[string, Described, string?]>([
    ["a Deployment", object("apps/v1:Deployment", "d", "neighbour"), ACME],
    [
      "a RoleBinding of a service account",
      object(`${RBAC}:RoleBinding`, "b", "neighbour", {
        subjects: [{ kind: "ServiceAccount", name: "a", namespace: "acme-corp" }],
      }),
    ],
    [
      "a RoleBinding of a namespace's accounts",
      object(`${RBAC}:RoleBinding`, "b", "neighbour", {
        subjects: [{ kind: "Group", name: "system:serviceaccounts:acme-corp" }],
      }),
    ],
    [
      "a ClusterRoleBinding",
      object(`${RBAC}:ClusterRoleBinding`, "b", undefined, {
        subjects: [{ kind: "ServiceAccount", name: "a", namespace: "acme-corp" }],
      }),
      ACME,
    ],
    ["an ingress from every namespace", policyFor([{ namespaceSelector: {} }])],
    ["an ingress from anywhere", policyFor(undefined)],
    [
      "an ingress by name",
      policyFor([{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "acme-corp" } } }]),
    ],
    [
      "an ingress by an operator that is not understood",
      policyFor([{ namespaceSelector: { matchExpressions: [{ key: "a", operator: "Near" }] } }]),
    ],
    [
      "an access policy of the cluster",
      {
        type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        name: "x",
        inputs: { principalArn: "arn:x", accessScope: { type: "cluster" } },
      },
      ACME,
    ],
    [
      "Pod Identity for the other's pods",
      {
        type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        name: "x",
        inputs: { namespace: "neighbour", serviceAccount: "a", roleArn: roleArn("runner") },
      },
      ACME,
    ],
  ])("%s", (_, it, where) => {
    const extra = it.type.includes("podIdentity")
      ? [role("runner"), bucket("ours"), grant("g", "runner", "s3:GetObject", "arn:aws:s3:::ours/*")]
      : [];
    const all =
      extra.length > 0 ? found(planIn(ACME, ours, it, ...extra), planIn(NEIGHBOUR, theirs)) : opening(it, where);
    expect(all.length).toBeGreaterThan(0);
  });

  it.each<[string, Described]>([
    ["an ingress from its own pods", policyFor([{ podSelector: {} }])],
    [
      "an ingress from its own namespace",
      policyFor([{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "neighbour" } } }]),
    ],
    [
      "an ingress from a shared namespace",
      policyFor([
        {
          namespaceSelector: {
            matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["monitoring"] }],
          },
        },
      ]),
    ],
    [
      "a RoleBinding of its own account",
      object(`${RBAC}:RoleBinding`, "b", "neighbour", {
        subjects: [{ kind: "ServiceAccount", name: "a", namespace: "neighbour" }],
      }),
    ],
  ])("but not %s", (_, it) => {
    expect(opening(it)).toEqual([]);
  });
});
