import { TAG } from "../../../contracts/tags.ts";
import { mcpServersKeepTwoPreviousMajors } from "../../../policies/premise-6-versioning/mcp-servers-keep-two-previous-majors.ts";
import { testRule } from "../../support/rule-tester.ts";
import { runtimeOf, served } from "../programs.ts";

function releases(...versions: readonly string[]): void {
  const opts = served();
  for (const version of versions) {
    const tags = { [TAG.service]: "database", [TAG.version]: version };
    runtimeOf(`v${version.replaceAll(".", "-")}`, opts, { tags });
  }
}

testRule(
  mcpServersKeepTwoPreviousMajors,
  {
    accepts: {
      "three majors side by side": () => releases("3.0.0", "2.2.0", "1.5.1"),
      "a first major by itself": () => releases("1.0.0"),
      "the last three of many": () => releases("5.0.0", "4.1.0", "3.0.0"),
    },
    rejects: {
      "a third major by itself": [
        () => releases("3.0.0"),
        '"v3-0-0" must run beside version 2 of its service.',
        '"v3-0-0" must run beside version 1 of its service.',
      ],
      "a gap": [() => releases("3.0.0", "1.0.0"), '"v3-0-0" must run beside version 2 of its service.'],
    },
    ignores: { "a runtime without a version": () => void runtimeOf("database", served()) },
  },
  { preview: "realistic" },
);
