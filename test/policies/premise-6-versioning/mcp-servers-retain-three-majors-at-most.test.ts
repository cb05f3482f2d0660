import { CANDIDATE, TAG } from "../../../contracts/tags.ts";
import { mcpServersRetainThreeMajorsAtMost } from "../../../policies/premise-6-versioning/mcp-servers-retain-three-majors-at-most.ts";
import { testRule } from "../../support/rule-tester.ts";
import { runtimeOf, served } from "../programs.ts";

function releases(versions: readonly string[], onTrial?: string): void {
  const opts = served();
  const tags = (version: string) => ({ [TAG.service]: "database", [TAG.version]: version });
  for (const it of versions) runtimeOf(`v${it.replaceAll(".", "-")}`, opts, { tags: tags(it) });
  if (onTrial !== undefined) runtimeOf("next", opts, { tags: { ...tags(onTrial), [TAG.track]: CANDIDATE } });
  runtimeOf("files", opts, { tags: { [TAG.service]: "files", [TAG.version]: "9.0.0" } });
}

testRule(
  mcpServersRetainThreeMajorsAtMost,
  {
    accepts: {
      "three majors": () => releases(["3.0.0", "2.2.0", "1.5.1"]),
      "three majors and the next on trial": () => releases(["3.0.0", "2.2.0", "1.5.1"], "4.0.0"),
    },
    rejects: {
      "a fourth major": [
        () => releases(["4.0.0", "3.0.0", "2.2.0", "1.5.1"]),
        '"v1-5-1" must go: three newer majors of its service run.',
      ],
      "a fourth and a fifth major": [
        () => releases(["1.0.0", "2.0.0", "3.0.0", "4.0.0", "5.0.0"]),
        '"v1-0-0" must go: three newer majors of its service run.',
        '"v2-0-0" must go: three newer majors of its service run.',
      ],
    },
    ignores: { "a runtime without a version": () => void runtimeOf("database", served()) },
  },
  { preview: "realistic" },
);
