import { describe, expect, it } from "vitest";
import { resourceOf, resourcesOfType } from "../../infra/plans.ts";
import { PLACE } from "../planned.ts";

const REGION = "production.eu-west-1";
const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ROLE = `arn:aws:iam::${PLACE.account}:role/alicerce/execution/${REGION}.xyz-gmbh`;

describe("the access to a cluster", () => {
  it("lets the role of each tenant's stack into the namespace of the tenant, and into no other", () => {
    const name = "alicerce-xyz-gmbh";
    expect(resourcesOfType(REGION, ENTRY).map((it) => it.inputs["principalArn"])).toContain(ROLE);
    expect(resourceOf(REGION, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation", name).inputs).toMatchObject({
      principalArn: ROLE,
      accessScope: { type: "namespace", namespaces: ["xyz-gmbh"] },
    });
  });

  it("lets them make a namespace, which belongs to no namespace, and nothing else of the cluster", () => {
    const type = "kubernetes:rbac.authorization.k8s.io/v1";
    expect(resourceOf(REGION, `${type}:ClusterRole`, "alicerce-deployers").inputs["rules"]).toEqual([
      { apiGroups: [""], resources: ["namespaces"], verbs: ["create"] },
    ]);
    expect(resourceOf(REGION, `${type}:ClusterRoleBinding`, "alicerce-deployers").inputs["subjects"]).toEqual([
      { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "alicerce-deployers" },
    ]);
  });
});
