import { describe, expect, test } from "vitest";
import { runtimeName } from "../../../components/compute/runtime-name.ts";
import { explainTerm } from "../../../services/mcp/custom/tools/explain-term.ts";
import { LONGEST_NAME, serverNames } from "../../../tools/scaffold/server-names.ts";
import { renamed } from "../../../tools/scaffold/template.ts";

const LONGEST_TENANT = "t".repeat(20);
/** What clients accept as the name of a tool. */
const LONGEST_TOOL_NAME = 64;

test("a name has a form for everything that is named", () => {
  expect(serverNames("order-2-status")).toEqual({
    kebab: "order-2-status",
    camel: "order2Status",
    pascal: "Order2Status",
    upper: "ORDER_2_STATUS",
    title: "Order 2 status",
  });
});

test("the longest name still makes a runtime and a tool, and no longer one would", () => {
  const name = "n".repeat(LONGEST_NAME);
  expect(serverNames(name).kebab).toBe(name);
  expect(() => runtimeName(LONGEST_TENANT, `mcp-${name}`, "10.0.0")).not.toThrow();
  expect(() => runtimeName(LONGEST_TENANT, `mcp-${name}`, "1.1.0", { onTrial: true })).not.toThrow();
  expect(() => runtimeName(LONGEST_TENANT, `mcp-${name}n`, "1.1.0", { onTrial: true })).toThrow(TypeError);
  expect(`${name}-candidate___${explainTerm.name}`.length).toBeLessThanOrEqual(LONGEST_TOOL_NAME);
});

test.each([
  ["", "must be of a-z"],
  ["a", "must have 2 to 18 characters"],
  ["n".repeat(LONGEST_NAME + 1), "must have 2 to 18 characters"],
  ["Files", "must be of a-z"],
  ["order_status", "must be of a-z"],
  ["order--status", "must be of a-z"],
  ["order-", "must be of a-z"],
  ["-order", "must be of a-z"],
  ["2orders", "must be of a-z"],
  ["../orders", "must be of a-z"],
  ["orders/x", "must be of a-z"],
  ["órders", "must be of a-z"],
  ["orders\n", "must be of a-z"],
  ["files-v1", "must not end like"],
  ["files-candidate", "must not end like"],
])("%j is no name of a server", (name, message) => {
  expect(() => serverNames(name)).toThrow(message);
});

describe("text about the template becomes text about the server", () => {
  test.each([
    [
      "mcp-custom custom://terms services/mcp/custom/config.ts",
      "mcp-order-status order-status://terms services/mcp/order-status/config.ts",
    ],
    [
      "customServer CustomConfig OpenCustom CUSTOM_TERMS",
      "orderStatusServer OrderStatusConfig OpenOrderStatus ORDER_STATUS_TERMS",
    ],
    ['title: "Custom"', 'title: "Order status"'],
    ["a customer of Customs, and accustomed", "a customer of Customs, and accustomed"],
  ])("%s", (before, after) => {
    expect(renamed(before, serverNames("order-status"))).toBe(after);
  });
});
