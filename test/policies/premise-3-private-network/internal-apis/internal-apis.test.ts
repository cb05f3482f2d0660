import { describe, expect, it } from "vitest";
import { PUBLIC_RANGES } from "../../../../contracts/network/public-ranges.ts";
import { Platform } from "../../../../policies/engine/platform.ts";
import { prove } from "../../../../policies/engine/proof.ts";
import { settingsAreOfTheStack } from "../../../../policies/premise-1-gateway-only/settings-are-of-the-stack.ts";
import { hostsAskForNames } from "../../../../policies/proofs/liveness/running/hosts-ask-for-names.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { judgedWhole } from "../../synthetic/judged.ts";
import { edited, type Inputs, set } from "../../proofs/edits.ts";
import { STOCK, withInternalApis } from "../../synthetic/internal-apis-environment.ts";
import {
  backendsOf,
  FIRST,
  GROUP,
  inputsOf,
  known,
  NAME,
  planOf,
  PLANS,
  RECORD,
  REGION,
  RUNTIME,
  said,
  SECOND,
  SERVER,
  ZONE,
} from "./internal-apis-plans.ts";

describe("an environment with internal APIs", () => {
  it("holds every rule and every proof", async () => {
    const { findings } = await judgedWhole(withInternalApis());
    expect(findings).toEqual([]);
  });

  it("has a zone for each host, which leads to its addresses", () => {
    const zones = planOf(REGION).resources.filter(
      ({ type, name }) => type === ZONE && name.startsWith("internal-api-"),
    );
    expect(zones.map(({ inputs }) => inputs["name"])).toEqual([
      STOCK.host,
      ...["orders", "catalog", "shipping", "inventory"].map((it) => `${it}.second.example`),
    ]);
    expect(zones.map(({ inputs }) => (inputs["vpcs"] as object[]).length)).toEqual([1, 1, 1, 1, 1]);
    expect(inputsOf(REGION, RECORD, NAME)).toMatchObject({ name: STOCK.host, type: "A", records: STOCK.addresses });
    expect(planOf(FIRST).resources.filter(({ type }) => type === ZONE)).toEqual([]);
  });

  it("tells each server where its own APIs are, and lets it out to their ranges, and to the internet only where one is", () => {
    const SECRET = expect.stringContaining("first") as unknown;
    expect(backendsOf(FIRST)).toEqual({
      orders: { baseUrl: "https://orders.internal.example.org", secretName: SECRET },
      catalog: { baseUrl: "https://catalog.internal.example.org", secretName: SECRET },
      shipping: { baseUrl: "https://shipping.internal.example.org", secretName: SECRET },
      inventory: { baseUrl: `https://${STOCK.host}`, onlyNetworks: STOCK.ranges },
    });
    const ranges = (stack: string) =>
      (inputsOf(stack, GROUP, SERVER)["egress"] as { cidrBlocks?: readonly string[] }[]).flatMap(
        ({ cidrBlocks = [] }) => cidrBlocks,
      );
    expect(ranges(FIRST)).toEqual(["10.32.0.0/16", ...PUBLIC_RANGES, ...STOCK.ranges]);
    expect(ranges(SECOND)).toEqual(["10.32.0.0/16", ...[0, 1, 2, 3].map((it) => `172.16.${it}.0/24`)]);
  });
});

describe("what a server is told of its APIs", () => {
  it.each([
    [
      "another tenant's host",
      { inventory: { baseUrl: "https://inventory.second.example", onlyNetworks: STOCK.ranges } },
    ],
    ["another range", { inventory: { baseUrl: `https://${STOCK.host}`, onlyNetworks: ["10.32.64.0/20"] } }],
    ["no range", { inventory: { baseUrl: `https://${STOCK.host}` } }],
    [
      "a way around the range",
      { inventory: { baseUrl: `https://${STOCK.host}`, onlyNetworks: STOCK.ranges, allowedHosts: ["a.example"] } },
    ],
    ["an API on the internet in its range", { orders: { baseUrl: "https://orders.evil.example" } }],
  ])("must not be %s", (_, change) => {
    const backends = JSON.stringify({ ...backendsOf(FIRST), ...change });
    const edit = { type: RUNTIME, name: SERVER, change: set(["environmentVariables", "BACKENDS"], backends) };
    expect(said(FIRST, edit, settingsAreOfTheStack)).toEqual([expect.stringContaining(`"${SERVER}"`)]);
  });
});

describe(hostsAskForNames.name, () => {
  it("misses the host of an internal API that the network may not ask for", () => {
    const change = (it: Inputs): void => {
      it["domains"] = (it["domains"] as string[]).filter((name) => name !== STOCK.host);
    };
    const list = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";
    const after = edited(PLANS, { type: list, name: "name-firewall-allowed", change });
    const [verdict] = prove(new Platform(after, TODAY, known), [hostsAskForNames]);
    expect(verdict?.violations.map(({ message }) => message)).toEqual(
      ["mcp-api-integration-v1", SERVER].map(() => expect.stringContaining(`"${STOCK.host}"`) as unknown),
    );
  });
});
