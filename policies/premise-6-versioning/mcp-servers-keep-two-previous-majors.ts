import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";
import { majorOf } from "../facts/versions.ts";
import { isRetained, mcpRuntimes } from "../facts/workloads.ts";

export const mcpServersKeepTwoPreviousMajors = rule({
  premise: 6,
  id: "mcp-servers-keep-two-previous-majors",
  severity: "high",
  description: "A client of an MCP server has two major versions' time to follow: N-1 and N-2 run beside N.",
  remediation: "Keep the latest release of each of the two previous major versions in the release data.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  // A runtime without a semantic version is refused by `workloads-carry-a-semantic-version`.
  subjects: { types: mcpRuntimes.types, where: isRetained },
  judge: (it, stack) => {
    const major = majorOf(it.tag(TAG.version)) ?? 0;
    const service = it.tag(TAG.service) ?? "";
    if (releases(stack).find(`${service}@${major + 1}`).length > 0) return undefined; // not the newest
    return [major - 1, major - 2]
      .filter((previous) => previous >= 1 && releases(stack).find(`${service}@${previous}`).length === 0)
      .map((previous) => absent(`"${it.name}" must run beside version ${previous} of its service.`));
  },
});

const releases = lookup([TYPE.runtime], (it) =>
  isRetained(it) ? `${it.tag(TAG.service) ?? ""}@${majorOf(it.tag(TAG.version)) ?? ""}` : undefined,
);
