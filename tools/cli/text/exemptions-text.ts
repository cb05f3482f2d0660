import ansis from "ansis";
import type { ExemptFinding } from "../../../policies/exemptions/exempting.ts";
import { counted, say } from "./terminal.ts";

/** Prints what is exempt, with who answers for it, and a warning of each exemption that ends soon. */
export function sayExemptions(exempted: readonly ExemptFinding[]): void {
  for (const it of exempted) {
    const { rule, stack, urn, message, exemption } = it;
    say(`\n${ansis.yellow("exempt")} ${ansis.bold(rule.name)} ${agreedText(it)}`);
    say(`  ${stack}: ${message}`);
    say(`    ${ansis.dim(urn)}`);
    say(`  Reason: ${exemption.reason}`);
    if (it.isEnding) say(ansis.yellow(`  Warning: it ends ${inDays(it.daysLeft)}; then this is violated.`));
  }
}

/** Until when, by which ticket and by whom a finding is exempt. */
export function agreedText({ exemption: { expiry, ticket, owner } }: ExemptFinding): string {
  return `until ${expiry} (${ticket}, ${owner})`;
}

/** A finding that is exempt as data for other programs. */
export function exemptionData(it: ExemptFinding): object {
  const { rule, stack, urn, name, message, source, exemption, isEnding } = it;
  const { reason, owner, ticket, expiry } = exemption;
  return {
    rule: rule.name,
    premise: rule.premise,
    stack,
    urn,
    name,
    message,
    source,
    reason,
    owner,
    ticket,
    expiry,
    isEnding,
  };
}

/** Exempt findings as `report.md` holds them. */
export function exemptionsText(exempted: readonly ExemptFinding[]): readonly string[] {
  if (exempted.length === 0) return [];
  const lines = exempted.map((it) => {
    const ends = it.isEnding ? `; ends ${inDays(it.daysLeft)}` : "";
    return `- ${it.rule.name} ${agreedText(it)}${ends}: ${it.message} ${it.exemption.reason}\n  - \`${it.urn}\``;
  });
  return ["## Exempt", lines.join("\n")];
}

function inDays(days: number): string {
  return days === 0 ? "today" : `in ${counted(days, "day")}`;
}
