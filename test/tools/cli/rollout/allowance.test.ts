import { expect, test } from "vitest";
import { Allowance } from "../../../../tools/cli/rollout/allowance.ts";

test("a run may delete and replace as much as was agreed to, each resource counted once", () => {
  const allowance = new Allowance(2);
  expect(allowance.takes(event("delete", "a"))).toBe(true);
  expect(allowance.takes(event("create-replacement", "b"))).toBe(true);
  expect(allowance.takes(event("delete-replaced", "b"))).toBe(true);
  expect(allowance.takes(event("create", "c"))).toBe(true);
  expect(allowance.takes(event("update", "d"))).toBe(true);
  expect(allowance.takes(event("delete", "e"))).toBe(false);
  expect(allowance.words).toContain("more than the 2 resources that were agreed to");
});

test("an agreement to everything has no end", () => {
  const allowance = Allowance.unlimited();
  for (let i = 0; i < 1_000; i++) expect(allowance.takes(event("delete", String(i)))).toBe(true);
});

function event(op: string, urn: string) {
  return { kind: "resource", state: "started", op, urn } as const;
}
