import { faultsOf } from "../../../environments/faults.ts";
import { staging } from "../../../environments/staging.ts";
import type { Environment } from "../../../environments/schema.ts";

/** The API of the first tenant that is in a network of its own. */
export const STOCK = {
  host: "stock.first.example",
  addresses: ["10.200.8.10", "10.200.8.11"],
  ranges: ["10.200.8.0/24"],
} as const;

/** The company's Transit Gateway, and where those are who deploy. */
export const TRANSIT = {
  arn: "arn:aws:ec2:eu-west-1:777788889999:transit-gateway/tgw-0123456789abcdef0",
  deployers: ["10.250.0.0/24"],
} as const;

/** The APIs of the second tenant, all of which are in networks of its own. */
const OF_SECOND = Object.fromEntries(
  ["orders", "catalog", "shipping", "inventory"].map((api, i) => [
    api,
    { host: `${api}.second.example`, addresses: [`172.16.${i}.9`], ranges: [`172.16.${i}.0/24`] } as const,
  ]),
);

/** An environment of two tenants in one region: one has one internal API, the other none but internal ones. */
export function withInternalApis(): Environment {
  const it: Environment = {
    ...staging,
    name: "internal",
    domain: "internal.example.org",
    account: "444455556666",
    regions: { "eu-west-1": { ...staging.regions["eu-west-1"]!, transitGateway: TRANSIT } },
    tenants: {
      first: { residency: "eu", regions: ["eu-west-1"], scenarios: ["b2b"], internalApis: { inventory: STOCK } },
      second: { residency: "eu", regions: ["eu-west-1"], scenarios: ["b2c", "b2b"], internalApis: OF_SECOND },
    },
  };
  const faults = faultsOf(it.name, { [it.name]: it });
  if (faults.length > 0) throw new Error(faults.map(({ key, message }) => `${key}: ${message}`).join("\n"));
  return it;
}
