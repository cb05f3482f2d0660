import { LABEL, TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { majorOf } from "../facts/versions.ts";
import { workloads } from "../facts/workloads.ts";

export const workloadsCarryASemanticVersion = rule({
  premise: 6,
  id: "workloads-carry-a-semantic-version",
  severity: "high",
  description: "Every MCP server, agent and BFF says which service it is and in which semantic version.",
  remediation: "Tag the runtime, or label the Deployment, with the service and its version.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration],
  subjects: workloads,
  judge: [
    (it) => {
      const service = it.type === TYPE.runtime ? it.tag(TAG.service) : it.label(LABEL.name);
      return service === undefined ? `"${it.name}" must say which service it is.` : undefined;
    },
    (it) => {
      const version = it.type === TYPE.runtime ? it.tag(TAG.version) : it.label(LABEL.version);
      return majorOf(version) === undefined ? `"${it.name}" must carry a semantic version.` : undefined;
    },
  ],
});
