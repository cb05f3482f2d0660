import ansis from "ansis";
import type { Finding } from "../../doctor/check.ts";
import { counted } from "./terminal.ts";

const SIGNS: Readonly<Record<Finding["outcome"], string>> = {
  ok: ansis.green("ok      "),
  missing: ansis.red("missing "),
  advice: ansis.yellow("advice  "),
  "not looked at": ansis.dim("-       "),
};

/** The findings, one a line, each that is not in order with what to do next. */
export function doctorText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map((it) => it.check.length));
  const lines = findings.flatMap(({ check, outcome, detail, next }) => [
    `${SIGNS[outcome]}${check.padEnd(width)}  ${detail}`,
    ...(next === undefined ? [] : [`${" ".repeat(8 + width)}  → ${next}`]),
  ]);
  const missing = findings.filter((it) => it.outcome === "missing").length;
  return [...lines, "", missing === 0 ? "Nothing is missing." : `${counted(missing, "thing")} missing.`].join("\n");
}
