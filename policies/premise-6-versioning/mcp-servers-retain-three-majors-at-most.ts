import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { majorOf } from "../facts/versions.ts";
import { isRetained, mcpRuntimes } from "../facts/workloads.ts";

export const mcpServersRetainThreeMajorsAtMost = rule({
  premise: 6,
  id: "mcp-servers-retain-three-majors-at-most",
  severity: "medium",
  description: "Majors older than N-2 are removed: each further one would have to be patched and monitored.",
  remediation: "Take the oldest major out of the release data, as `npx alicerce release promote` does.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration],
  subjects: { types: mcpRuntimes.types, where: isRetained },
  judge: (it, stack) => {
    const own = majorOf(it.tag(TAG.version)) ?? 0;
    const majors = releases(stack)
      .find(it.tag(TAG.service))
      .map((release) => majorOf(release.tag(TAG.version)) ?? 0);
    return new Set(majors.filter((major) => major > own)).size < 3
      ? undefined
      : `"${it.name}" must go: three newer majors of its service run.`;
  },
});

const releases = lookup([TYPE.runtime], (it) => (isRetained(it) ? it.tag(TAG.service) : undefined));
