import { type Equivalent, statementOf } from "./equivalent.ts";
import type { Mutant } from "../mutant.ts";
import { type Statement, statementsIn } from "../operators/documents.ts";

/** Grants that are left out and that another statement of the same role holds as well. */
export const REDUNDANT_GRANTS: readonly Equivalent[] = [
  {
    reason: "Another statement of the role allows the same, under the same condition or under none.",
    covers: (it) =>
      it.kind.endsWith("/RolePolicy") &&
      isLess(it) &&
      isHeldBy(it, (other, lost) => other["Condition"] === undefined || isSame(other["Condition"], lost["Condition"])),
  },
  {
    reason:
      "What makes something carries the tag of the stack: the statement by the tag of requests allows it as well.",
    covers: (it) =>
      it.kind === "ExecutionRole/Policy" &&
      it.operator === "oneActionLess" &&
      conditionOf(statementOf(it)).includes("aws:ResourceTag/") &&
      isHeldBy(it, (other) => conditionOf(other).includes("aws:RequestTag/")) &&
      !/:(?:AddTags|Tag)/.test(String(lostIn(it)[0])),
  },
  {
    reason: "The role of a tenant makes no web ACL of its own; the region's it may read by another statement.",
    covers: ({ kind, operator, property }) =>
      kind === "ExecutionRole/Policy" &&
      property === 'policy "Allow wafv2:GetWebACL"' &&
      ["leftOut", "otherEffect"].includes(operator),
  },
];

function isLess({ operator }: Mutant): boolean {
  return operator === "leftOut" || operator === "oneActionLess";
}

/** The actions that the changed statement allows no more. */
function lostIn(it: Mutant): readonly unknown[] {
  const actions = [statementOf(it)?.["Action"]].flat();
  return it.operator === "oneActionLess" ? actions.slice(0, 1) : actions;
}

/** Whether other statements of the role allow each lost action, on the same resources. */
function isHeldBy(it: Mutant, isFit: (other: Statement, lost: Statement) => boolean): boolean {
  const lost = statementOf(it);
  if (lost?.["Effect"] !== "Allow") return false;
  const resources = [lost["Resource"]].flat();
  const others = statementsOfRole(it).filter(
    (other) =>
      other["Effect"] === "Allow" &&
      !isSame(other, lost) &&
      isFit(other, lost) &&
      resources.every((one) => [other["Resource"]].flat().includes(one)),
  );
  return lostIn(it).every((action) => others.some((other) => [other["Action"]].flat().includes(action)));
}

/** The statements of all policies of the role: those that name it, or that are named after it. */
function statementsOfRole({ subject, urn }: Mutant): readonly Statement[] {
  const resources = subject.plans.flatMap((it) => it.resources);
  const changed = resources.find((it) => it.urn === urn);
  const holder = (inputs: Readonly<Record<string, unknown>> | undefined): unknown =>
    inputs?.["role"] ?? String(inputs?.["name"]).replace(/\.\d+$/, "");
  return resources
    .filter((it) => it.type === changed?.type && holder(it.inputs) === holder(changed.inputs))
    .flatMap((it) => statementsIn(it.inputs["policy"]) ?? []);
}

function conditionOf(statement: Statement | undefined): string {
  return JSON.stringify(statement?.["Condition"] ?? {});
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
