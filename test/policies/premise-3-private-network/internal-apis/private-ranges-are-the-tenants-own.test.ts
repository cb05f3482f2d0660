import { describe, expect, it } from "vitest";
import { privateRangesAreTheTenantsOwn } from "../../../../policies/premise-3-private-network/internal-apis/private-ranges-are-the-tenants-own.ts";
import { set } from "../../proofs/edits.ts";
import { STOCK } from "../../synthetic/internal-apis-environment.ts";
import { FIRST, lets, REGION, said, SERVER } from "./internal-apis-plans.ts";

describe(privateRangesAreTheTenantsOwn.name, () => {
  const INTO = `"${SERVER}" must not let traffic out into the network of tenant "second".`;
  const OWN = `"${SERVER}" must let traffic out to private addresses in its VPC, or of the tenant's internal APIs from the server that calls them.`;

  it.each([
    ["its own network", lets(SERVER, { cidrBlocks: [...STOCK.ranges] })],
    ["public addresses", lets(SERVER, { cidrBlocks: ["203.0.113.0/24"] })],
    ["its VPC and the Services of the cluster", lets(SERVER, { cidrBlocks: ["10.32.64.0/19", "172.20.0.0/16"] })],
  ])("accepts %s", (_, edit) => {
    expect(said(FIRST, edit, privateRangesAreTheTenantsOwn)).toEqual([]);
  });

  describe("refuses", () => {
    it.each([
      ["another tenant's network", { cidrBlocks: ["172.16.2.0/24"] }, [INTO, OWN]],
      ["one address there", { cidrBlocks: ["172.16.2.9/32"] }, [INTO, OWN]],
      ["a range around it", { cidrBlocks: ["172.16.0.0/12"] }, [INTO, OWN]],
      ["everything", { cidrBlocks: ["0.0.0.0/0"] }, [INTO, OWN]],
      ["a range of public addresses with private ones in it", { cidrBlocks: ["172.0.0.0/8"] }, [INTO, OWN]],
      ["private addresses that nobody named", { cidrBlocks: ["10.201.0.0/24"] }, [OWN]],
      ["the databases of another region", { cidrBlocks: ["10.3.32.0/24"] }, [OWN]],
      ["more than its own network", { cidrBlocks: ["10.200.0.0/20"] }, [OWN]],
      ["its own network, on another port", { cidrBlocks: [...STOCK.ranges], fromPort: 5432, toPort: 5432 }, [OWN]],
      ["its own network, on many ports", { cidrBlocks: [...STOCK.ranges], toPort: 9000 }, [OWN]],
    ])("the way to %s", (_, way, messages) => {
      expect(said(FIRST, lets(SERVER, way), privateRangesAreTheTenantsOwn)).toEqual(messages);
    });

    it("the way to the tenant's network from a server that does not call there", () => {
      const found = said(FIRST, lets("mcp-files-v1", { cidrBlocks: STOCK.ranges }), privateRangesAreTheTenantsOwn);
      expect(found).toEqual([OWN.replace(SERVER, "mcp-files-v1")]);
    });

    it("it to pods, and in the region's stack", () => {
      const policy = {
        type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        name: "namespace-allow-private-endpoints",
      };
      const to = set(["spec", "egress", "0", "to", "0", "ipBlock", "cidr"], "172.16.2.0/24");
      const ofPods = said(FIRST, { ...policy, change: to }, privateRangesAreTheTenantsOwn);
      expect(ofPods).toEqual([INTO, OWN].map((it) => it.replace(SERVER, policy.name)));
      const ofRegion = said(REGION, lets("realm-keeper", { cidrBlocks: STOCK.ranges }), privateRangesAreTheTenantsOwn);
      const keeper = [INTO.replace("second", "first"), OWN].map((it) => it.replace(SERVER, "realm-keeper"));
      expect(ofRegion).toEqual(keeper);
    });
  });
});
