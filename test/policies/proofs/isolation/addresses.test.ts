import { describe, expect, it } from "vitest";
import type { Described } from "../../programs.ts";
import { ACME, NEIGHBOUR, planIn, US_EAST } from "../platforms.ts";
import { found } from "./found.ts";
import { object } from "./resources.ts";

const REGION: readonly Described[] = [
  {
    type: "aws:ec2/subnet:Subnet",
    name: "pods",
    inputs: { cidrBlock: "10.0.0.0/19", region: "us-east-1" },
    outputs: { id: "subnet-1" },
  },
  {
    type: "aws:eks/cluster:Cluster",
    name: "alicerce",
    inputs: { name: "alicerce", region: "us-east-1", vpcConfig: { subnetIds: ["subnet-1"] } },
    outputs: { region: "us-east-1" },
  },
];

function admitting(cidr: string): readonly string[] {
  const from = [{ ipBlock: { cidr } }];
  const policy = object("networking.k8s.io/v1:NetworkPolicy", "open", "neighbour", {
    spec: { podSelector: {}, ingress: [{ from, ports: [{ port: 8080 }] }] },
  });
  return found(
    planIn(US_EAST, ...REGION),
    planIn(ACME, object("core/v1:Namespace", "acme-corp", undefined)),
    planIn(NEIGHBOUR, object("core/v1:Namespace", "neighbour", undefined), policy),
  );
}

describe("addresses by which a namespace lets in the pods of all tenants are found", () => {
  it.each(["10.0.0.0/16", "10.0.0.0/19", "10.0.3.0/24", "10.0.3.7/32"])("%s", (cidr) => {
    const [way, ...others] = admitting(cidr);
    expect(others).toEqual([]);
    expect(way).toContain('"open" must let nothing of tenant "acme-corp" into the namespace "neighbour"');
    expect(way).toContain(`by the range ${cidr}`);
  });

  it("but not those of subnets in which there are no pods", () => {
    expect(admitting("10.0.96.0/22")).toEqual([]);
  });
});
