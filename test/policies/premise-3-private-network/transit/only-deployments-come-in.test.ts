import { describe, expect, it } from "vitest";
import { onlyDeploymentsComeIn } from "../../../../policies/premise-3-private-network/transit/only-deployments-come-in.ts";
import { type Edit, type Inputs, set } from "../../proofs/edits.ts";
import { STOCK, TRANSIT } from "../../synthetic/internal-apis-environment.ts";
import { FIRST, GROUP, REGION, said } from "../internal-apis/internal-apis-plans.ts";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

describe(onlyDeploymentsComeIn.name, () => {
  const message = (name: string) => `"${name}" must admit private addresses of its VPC alone, or deployments by HTTPS.`;
  const admits = (name: string, from: object): Edit => {
    const change = (inputs: Inputs): void => {
      const way = { protocol: "tcp", fromPort: 443, toPort: 443, description: "attack", ...from };
      inputs["ingress"] = [...((inputs["ingress"] as object[] | undefined) ?? []), way];
    };
    return { type: GROUP, name, change };
  };

  it.each<readonly [string, Edit]>([
    ["deployments at the administration", admits("administration", { cidrBlocks: TRANSIT.deployers })],
    ["a part of the VPC", admits("endpoints", { cidrBlocks: ["10.32.64.0/19"] })],
    ["a security group", admits("endpoints", { securityGroups: ["sg-1"] })],
  ])("accepts %s", (_, edit) => {
    expect(said(REGION, edit, onlyDeploymentsComeIn)).toEqual([]);
  });

  describe("refuses", () => {
    it.each<readonly [string, Edit, string]>([
      ["a tenant's network", admits("endpoints", { cidrBlocks: STOCK.ranges }), "endpoints"],
      ["all of the company", admits("administration", { cidrBlocks: ["10.0.0.0/8"] }), "administration"],
      [
        "deployments on another port",
        admits("administration", { cidrBlocks: TRANSIT.deployers, fromPort: 22, toPort: 22 }),
        "administration",
      ],
      [
        "deployments on all ports of the cluster",
        { type: INGRESS, name: "deployers-1", change: set(["fromPort"], 1) },
        "deployers-1",
      ],
      [
        "more than deployments in the cluster",
        { type: INGRESS, name: "deployers-1", change: set(["cidrIpv4"], "10.250.0.0/16") },
        "deployers-1",
      ],
    ])("%s", (_, edit, name) => {
      expect(said(REGION, edit, onlyDeploymentsComeIn)).toEqual([message(name)]);
    });

    it("deployments in a tenant's groups", () => {
      expect(said(FIRST, admits("database", { cidrBlocks: TRANSIT.deployers }), onlyDeploymentsComeIn)).toEqual([
        message("database"),
      ]);
    });
  });
});
