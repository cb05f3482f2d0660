import { describe, expect, it } from "vitest";
import { faultsOf } from "../../environments/faults.ts";
import { environments } from "../../environments/index.ts";
import { production } from "../../environments/production.ts";

const API = { host: "stock.xyz.example", addresses: ["10.200.8.10"], ranges: ["10.200.8.0/24"] } as const;
const NORDA = { host: "stock.norda.example", addresses: ["172.16.4.9"], ranges: ["172.16.4.0/24"] } as const;

const TRANSIT = { arn: "arn:aws:ec2:eu-west-1:777788889999:transit-gateway/tgw-0123456789abcdef0" } as const;
const [WEST, CENTRAL] = ["eu-west-1", "eu-central-1"] as const;

/** What is said of production when its tenants have these internal APIs beside what else of them is changed. */
function found(xyz: object, norda: object = {}): readonly string[] {
  const { regions, tenants } = production;
  const central = { arn: TRANSIT.arn.replace(WEST, CENTRAL) };
  const changed = {
    ...production,
    regions: {
      ...regions,
      [WEST]: { ...regions[WEST], transitGateway: TRANSIT },
      [CENTRAL]: { ...regions[CENTRAL], transitGateway: central },
    },
    tenants: {
      ...tenants,
      "norda-ab": { ...tenants["norda-ab"], ...norda },
      "xyz-gmbh": { ...tenants["xyz-gmbh"], ...xyz },
    },
  };
  return faultsOf("production", { ...environments, production: changed }).map(
    ({ key, message }) => `${key}: ${message}`,
  );
}

const inventory = (change: object): readonly string[] => found({ internalApis: { inventory: { ...API, ...change } } });
const KEY = "tenants.xyz-gmbh.internalApis.inventory";

describe("the internal APIs of a tenant", () => {
  it("may be in private ranges of its own, and two of them in one", () => {
    expect(found({ internalApis: { inventory: API, orders: { ...API, host: "orders.xyz.example" } } })).toEqual([]);
    expect(inventory({ ranges: ["192.168.16.0/20", "10.200.8.10/32"] })).toEqual([]);
  });

  it.each([
    ["the machine's own link, with its credentials", "169.254.169.254/32"],
    ["the machine itself", "127.0.0.0/24"],
    ["the addresses of carriers", "100.64.0.0/24"],
    ["the public", "203.0.113.0/24"],
    ["everything", "0.0.0.0/0"],
    ["more than an API", "10.192.0.0/19"],
    ["a range that begins before its first address", "10.200.8.1/24"],
    ["a range with octets that may be octal", "10.200.010.0/24"],
    ["an address alone", "10.200.8.10"],
    ["IPv6", "fd00::/64"],
  ])("are not in %s", (_, range) => {
    const said = inventory({ ranges: ["10.200.8.0/24", range] });
    expect(said).toEqual([expect.stringContaining(`${KEY}.ranges[1]: "${range}" must be a private IPv4 range`)]);
  });

  it.each([
    ["the Services of the cluster", "172.20.0.0/24", "172.20.0.0/16"],
    ["the region's own network, where the databases of all its tenants are", "10.2.32.0/24", "10.2.0.0/16"],
    ["the network of another region", "10.6.0.0/20", "10.6.0.0/16"],
    ["the network of another environment", "10.32.64.0/24", "10.32.0.0/16"],
  ])("are not in %s", (_, range, of) => {
    const said = inventory({ ranges: ["10.200.8.0/24", range] });
    expect(said).toEqual([expect.stringContaining(`${KEY}.ranges[1]: "${range}" overlaps "${of}" of `)]);
  });

  it.each(["172.16.4.0/24", "172.16.0.0/20", "172.16.4.9/32"])("are not in %s, where another tenant's are", (range) => {
    const said = found(
      { internalApis: { inventory: { ...API, addresses: ["10.200.8.10"], ranges: ["10.200.8.0/24", range] } } },
      { internalApis: { inventory: NORDA } },
    );
    expect(said).toEqual([
      `${KEY}.ranges[1]: "${range}" overlaps "172.16.4.0/24" of tenants.norda-ab.internalApis.inventory.ranges`,
    ]);
  });

  it("are in five ranges at most, which a security group has room for", () => {
    const ranges = Array.from({ length: 6 }, (_, i) => `10.200.${i + 8}.0/24`);
    expect(inventory({ ranges: ranges.slice(0, 5) })).toEqual([]);
    expect(inventory({ ranges })).toEqual([`${KEY}.ranges: 6 are too many: 5 at most`]);
  });

  it.each([
    ["outside of its ranges", "10.200.9.10"],
    ["in the network of the region", "10.2.32.7"],
    ["the credentials of the machine", "169.254.169.254"],
    ["no address", "10.200.8.300"],
  ])("have no address that is %s", (_, address) => {
    expect(inventory({ addresses: ["10.200.8.10", address] })).toEqual([
      expect.stringContaining(`${KEY}.addresses[1]: "${address}" must be in one of ranges`),
    ]);
  });

  it.each([
    ["all of AWS", "amazonaws.com"],
    ["a service of AWS", "sts.eu-west-1.amazonaws.com"],
    ["the credentials of pods", "eks-auth.eu-west-1.api.aws"],
    ["the domain of pods' credentials", "api.aws"],
    ["a Service of the cluster", "coordinator.xyz-gmbh.svc.cluster.local"],
    ["instances of the network", "eu-west-1.compute.internal"],
    ["a top-level domain", "com"],
    ["a wildcard", "*.xyz.example"],
  ])("do not answer for %s", (_, host) => {
    expect(inventory({ host })).toEqual([
      expect.stringContaining(`${KEY}.host: "${host}" must be a host on the internet`),
    ]);
  });

  it.each([
    ["the identity server", "identity.eu-west-1.agents.example.com", "names of the platform"],
    ["the platform", "agents.example.com", "names of the platform"],
    ["what is above the platform", "example.com", "names of the platform"],
    ["another environment", "api.staging.agents.example.com", "names of the platform"],
    ["a host of webhooks", "hooks.partner.example.com", "hooks.partner.example.com"],
    ["what is above a host of webhooks", "partner.example.com", "hooks.partner.example.com"],
    ["another tenant's API", "stock.norda.example", "tenants.norda-ab.internalApis.inventory"],
    ["what is above another tenant's API", "norda.example", "tenants.norda-ab.internalApis.inventory"],
    ["what is below another tenant's API", "b.stock.norda.example", "tenants.norda-ab.internalApis.inventory"],
  ])("do not answer for %s", (_, host, of) => {
    const said = found({ internalApis: { inventory: { ...API, host } } }, { internalApis: { inventory: NORDA } });
    expect(said).toEqual([expect.stringMatching(`^${KEY}.host: "${host}" would hide .*${of}`)]);
  });

  it("are not those of a tenant that has no server for them", () => {
    expect(
      found({
        ...{ internalApis: { inventory: API }, scenarios: ["internal"] },
        ...{ machines: undefined, apis: undefined, partners: undefined, orderRules: undefined },
      }),
    ).toEqual([expect.stringContaining("tenants.xyz-gmbh.internalApis: nothing calls them")]);
  });

  it("are APIs that the server knows", () => {
    expect(found({ internalApis: { inventry: API } })).toEqual([
      expect.stringContaining('tenants.xyz-gmbh.internalApis.inventry: is no key here: did you mean "inventory"?'),
    ]);
  });
});
