import { describe, expect, it } from "vitest";
import { transitLeadsWhereTheDataSays } from "../../../../policies/premise-3-private-network/transit/transit-leads-where-the-data-says.ts";
import { type Edit, set } from "../../proofs/edits.ts";
import { REGION, said } from "../internal-apis/internal-apis-plans.ts";

const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const ROUTE = "aws:ec2/route:Route";
const TO_STOCK = "transit-euw1-az1-private-10-200-8-0-24";

describe(transitLeadsWhereTheDataSays.name, () => {
  const of = (name: string) => `"${name}" must be of the Transit Gateway that the region's data names.`;
  const range = `"${TO_STOCK}" must lead to a range of an internal API of the region's tenants, or of deployments.`;

  it.each(["transit", TO_STOCK])("accepts %s", (name) => {
    const edit = { type: name === "transit" ? ATTACHMENT : ROUTE, name, change: (): void => undefined };
    expect(said(REGION, edit, transitLeadsWhereTheDataSays)).toEqual([]);
  });

  describe("refuses", () => {
    it.each<readonly [string, Edit, string]>([
      [
        "another gateway",
        { type: ATTACHMENT, name: "transit", change: set(["transitGatewayId"], "tgw-0fedcba9876543210") },
        of("transit"),
      ],
      [
        "a route to another gateway",
        { type: ROUTE, name: TO_STOCK, change: set(["transitGatewayId"], "tgw-0fedcba9876543210") },
        of(TO_STOCK),
      ],
      ["everything", { type: ROUTE, name: TO_STOCK, change: set(["destinationCidrBlock"], "0.0.0.0/0") }, range],
      [
        "all of the company",
        { type: ROUTE, name: TO_STOCK, change: set(["destinationCidrBlock"], "10.0.0.0/8") },
        range,
      ],
      [
        "more than the API",
        { type: ROUTE, name: TO_STOCK, change: set(["destinationCidrBlock"], "10.200.0.0/16") },
        range,
      ],
    ])("%s", (_, edit, message) => {
      expect(said(REGION, edit, transitLeadsWhereTheDataSays)).toEqual([message]);
    });

    it("a gateway of another region", () => {
      const elsewhere = { type: ATTACHMENT, name: "transit", change: set(["region"], "us-east-1") };
      expect(said(REGION, elsewhere, transitLeadsWhereTheDataSays)).toEqual([
        '"transit" must be of a Transit Gateway of its own region.',
      ]);
    });
  });
});
