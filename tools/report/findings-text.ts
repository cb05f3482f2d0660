import { byRule, placeText, type RuleFindings } from "../cli/findings.ts";
import type { Judged } from "../cli/judgement.ts";
import { counted } from "../cli/text/terminal.ts";

/** The findings of a rule or a proof as `report.json` holds them. */
export function groupData({ rule, stacks, findings }: RuleFindings): object {
  const { name, premise, severity, mandatory, description, remediation } = rule;
  const resources = findings.map(({ stack, urn, name: resource, message, path, steps, source }) => {
    return { stack, urn, name: resource, message, path, steps, source };
  });
  return { rule: name, premise, severity, mandatory, description, remediation, stacks, findings: resources };
}

/** Findings as `report.md` holds them, grouped by rule or proof. */
export function findingsText(title: string, findings: readonly Judged[]): readonly string[] {
  if (findings.length === 0) return [];
  return [`## ${title}`, ...byRule(findings).flatMap(ruleText)];
}

function ruleText({ rule, stacks, findings }: RuleFindings): readonly string[] {
  const kind = rule.mandatory ? "mandatory" : "advisory";
  const byMessage = Map.groupBy(findings, (it) => it.message);
  return [
    `### ${rule.name}`,
    `${rule.severity}, ${kind}: ${counted(findings.length, "finding")} in ${counted(stacks.length, "stack")}. Remedy: ${rule.remediation}`,
    [...byMessage].map(([message, same]) => [`- ${message}`, ...same.flatMap(resourceText)].join("\n")).join("\n"),
  ];
}

function resourceText({ urn, steps = [], source }: Judged): readonly string[] {
  const place = source === undefined ? "" : ` at ${placeText(source)}`;
  return [`  - \`${urn}\`${place}`, ...steps.map((it) => `    - ${it}`)];
}
