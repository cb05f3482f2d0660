import { KIND, LABEL, TAG } from "../../../contracts/tags.ts";
import { workloadsCarryASemanticVersion } from "../../../policies/premise-6-versioning/workloads-carry-a-semantic-version.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, runtimeOf, served } from "../programs.ts";

const runtime = (tags: Record<string, string>): void => void runtimeOf("database", served(), { tags });
const VERSION = '"database" must carry a semantic version.';

testRule(
  workloadsCarryASemanticVersion,
  {
    accepts: {
      "a runtime with its service and version": () => runtime({ [TAG.service]: "database", [TAG.version]: "3.0.0" }),
      "an agent with its name and version": () => void agentOf("coordinator", onCluster()),
    },
    rejects: {
      "a runtime without a version": [() => runtime({ [TAG.service]: "database" }), VERSION],
      "a runtime whose version is a word": [
        () => runtime({ [TAG.service]: "database", [TAG.version]: "latest" }),
        VERSION,
      ],
      "a runtime whose version is half of one": [
        () => runtime({ [TAG.service]: "database", [TAG.version]: "3.0" }),
        VERSION,
      ],
      "a runtime of no service": [
        () => runtime({ [TAG.version]: "3.0.0" }),
        '"database" must say which service it is.',
      ],
      "an agent without a version": [
        () =>
          void agentOf("coordinator", onCluster(), {
            labels: { [LABEL.kind]: KIND.agent, [LABEL.name]: "coordinator" },
          }),
        '"coordinator" must carry a semantic version.',
      ],
    },
  },
  { preview: "realistic" },
);
