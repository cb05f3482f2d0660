import { describe, expect, it } from "vitest";
import { statements } from "../../components/planned.ts";
import { ACME, resourcesOfType } from "../plans.ts";

describe("the permissions boundary", () => {
  it("lets through every action that anything in the tenant's stack is granted", () => {
    const [boundary] = resourcesOfType("production", "aws:iam/policy:Policy");
    const actionsOf = (policy: unknown) => statements(policy).flatMap((it) => it["Action"] as string[]);
    const most = new Set(actionsOf(boundary?.inputs["policy"]));
    const granted = resourcesOfType(ACME, "aws:iam/rolePolicy:RolePolicy").flatMap((it) =>
      actionsOf(it.inputs["policy"]),
    );
    expect([...new Set(granted)].filter((it) => !most.has(it))).toEqual([]);
    expect(granted.length).toBeGreaterThan(50);
  });
});
