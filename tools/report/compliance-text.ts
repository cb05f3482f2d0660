import type { ControlWord, FrameworkVerdict } from "../../policies/compliance/verdicts.ts";
import { table } from "./table.ts";

const WORDS: readonly ControlWord[] = ["held", "violated", "undetermined", "exempt", "not judged", "not covered"];

/** The controls of frameworks as `report.md` holds them: how many there are of each verdict, then those that do not hold. */
export function complianceText(frameworks: readonly FrameworkVerdict[]): readonly string[] {
  const rows = frameworks.map(({ framework, version, controls }) => [
    `${framework} ${version}`,
    ...WORDS.map((word) => controls.filter((it) => it.verdict === word).length),
  ]);
  const failing = frameworks.flatMap(({ framework, controls }) =>
    controls
      .filter((it) => ["violated", "undetermined", "exempt"].includes(it.verdict))
      .map((it) => `- ${framework} ${it.reference}, ${it.about}: ${it.verdict}`),
  );
  const limit = "As far as a plan can show it; docs/compliance.md has each control, and why some are not covered.";
  return [
    "## Compliance",
    limit,
    table(["Framework", ...WORDS], rows),
    ...(failing.length > 0 ? [failing.join("\n")] : []),
  ];
}
