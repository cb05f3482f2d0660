import { describe, expect, it } from "vitest";
import { faultsOf } from "../../environments/faults.ts";
import { environments } from "../../environments/index.ts";
import { transitWaysOf } from "../../environments/networks/transit-ways.ts";
import { staging } from "../../environments/staging.ts";
import { STOCK, TRANSIT, withInternalApis } from "../policies/synthetic/internal-apis-environment.ts";

const REGION = "eu-west-1";
const KEY = `regions.${REGION}.transitGateway`;

/** What is said of staging when its region is attached to this, and its tenant has this in a network of its own. */
function found(transitGateway: unknown, internalApis?: object): readonly string[] {
  const { regions, tenants } = staging;
  const changed = {
    ...staging,
    regions: { ...regions, [REGION]: { ...regions[REGION], ...(transitGateway !== undefined && { transitGateway }) } },
    tenants: { ...tenants, "xyz-gmbh": { ...tenants["xyz-gmbh"], ...(internalApis && { internalApis }) } },
  };
  return faultsOf("staging", { ...environments, staging: changed }).map(({ key, message }) => `${key}: ${message}`);
}

describe("the Transit Gateway of a region", () => {
  it("leads to deployments, or to internal APIs", () => {
    expect(found(TRANSIT)).toEqual([]);
    expect(found({ arn: TRANSIT.arn }, { inventory: STOCK })).toEqual([]);
  });

  it.each([
    ["an id", "tgw-0123456789abcdef0"],
    ["an attachment", "arn:aws:ec2:eu-west-1:777788889999:transit-gateway-attachment/tgw-attach-0123456789abcdef0"],
    ["a gateway of no account", "arn:aws:ec2:eu-west-1::transit-gateway/tgw-0123456789abcdef0"],
    ["a virtual private gateway", "arn:aws:ec2:eu-west-1:777788889999:vpn-gateway/vgw-0123456789abcdef0"],
  ])("is not named by %s", (_, arn) => {
    expect(found({ ...TRANSIT, arn })).toEqual([
      expect.stringContaining(`${KEY}.arn: "${arn}" must be the ARN of a Transit Gateway`),
    ]);
  });

  it("is of the region that is attached to it, and so of its residency", () => {
    const arn = TRANSIT.arn.replace(REGION, "us-east-1");
    expect(found({ ...TRANSIT, arn })).toEqual([
      `${KEY}.arn: "${arn}": did you mean "${TRANSIT.arn}"? (it must be a Transit Gateway of ${REGION})`,
    ]);
  });

  it("is not there to lead nowhere", () => {
    expect(found({ arn: TRANSIT.arn })).toEqual([expect.stringContaining(`${KEY}: leads nowhere`)]);
  });

  it("is there where a tenant has internal APIs", () => {
    expect(found(undefined, { inventory: STOCK })).toEqual([
      `tenants.xyz-gmbh.internalApis: nothing leads there from ${REGION}: ${KEY} must name the company's Transit Gateway`,
    ]);
  });

  it("has no other settings, such as routes of its own", () => {
    expect(found({ ...TRANSIT, routes: ["0.0.0.0/0"] })).toEqual([
      expect.stringContaining(`${KEY}.routes: is no key here`),
    ]);
  });
});

describe("where deployments come from", () => {
  it.each([
    ["everywhere", "0.0.0.0/0"],
    ["the internet", "203.0.113.0/24"],
    ["a whole network", "10.192.0.0/16"],
    ["an address without a length", "10.250.0.7"],
  ])("is not %s", (_, range) => {
    expect(found({ ...TRANSIT, deployers: [range] })).toEqual([
      expect.stringContaining(`${KEY}.deployers[0]: "${range}" must be a private IPv4 range`),
    ]);
  });

  it.each([
    ["the region's own network", "10.32.64.0/24", "10.32.0.0/16"],
    ["the network of another environment", "10.2.0.0/24", "10.2.0.0/16"],
    ["the Services of the cluster", "172.20.1.0/24", "172.20.0.0/16"],
    ["the network of a tenant", "10.200.8.128/25", "10.200.8.0/24"],
  ])("is not %s", (_, range, of) => {
    expect(found({ ...TRANSIT, deployers: ["10.250.0.0/24", range] }, { inventory: STOCK })).toEqual([
      expect.stringContaining(`${KEY}.deployers[1]: "${range}" overlaps "${of}" of `),
    ]);
  });

  it("is in five ranges at most", () => {
    const deployers = Array.from({ length: 6 }, (_, i) => `10.250.${i}.0/24`);
    expect(found({ ...TRANSIT, deployers: deployers.slice(0, 5) })).toEqual([]);
    expect(found({ ...TRANSIT, deployers })).toEqual([`${KEY}.deployers: 6 are too many: 5 at most`]);
  });
});

describe(transitWaysOf.name, () => {
  it("leads to each range once", () => {
    const it = withInternalApis();
    expect(transitWaysOf(it, REGION)).toEqual({
      arn: TRANSIT.arn,
      gatewayId: "tgw-0123456789abcdef0",
      apis: [...STOCK.ranges, "172.16.0.0/24", "172.16.1.0/24", "172.16.2.0/24", "172.16.3.0/24"],
      deployers: TRANSIT.deployers,
    });
    const first = { ...it.tenants["first"]!, internalApis: { inventory: STOCK, orders: STOCK } };
    expect(transitWaysOf({ ...it, tenants: { first } }, REGION)?.apis).toEqual(STOCK.ranges);
  });

  it("leads nowhere from a region that is attached to none", () => {
    expect(transitWaysOf(staging, REGION)).toBeUndefined();
    expect(transitWaysOf(withInternalApis(), "eu-central-1")).toBeUndefined();
  });
});
