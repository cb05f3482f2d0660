import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { TYPE } from "../facts/resource-types.ts";
import { containersOf } from "../facts/workloads.ts";

/** What a container must ask for and be limited to. */
const SHARED = ["cpu", "memory", "ephemeral-storage"];

export const containersBoundWhatTheyUse = rule({
  premise: 5,
  id: "containers-bound-what-they-use",
  severity: "medium",
  description:
    "A container says what it needs and where it ends, so that its node has room for it and no other tenant pays for its logs.",
  remediation: `Set \`resources.requests\` and \`resources.limits\` of ${SHARED.join(", ")}.`,
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: {
    types: [TYPE.deployment, TYPE.statefulSet, TYPE.daemonSet],
    where: (_, stack) => stack.tenant !== undefined,
  },
  judge: (it) => {
    const isBound = every(containersOf(it, { withInit: true }), (container) =>
      every(["resources.requests", "resources.limits"], (how) =>
        every(SHARED, (what) => container.at(how, what) !== undefined),
      ),
    );
    return isBound ? undefined : `"${it.name}" must request and limit ${SHARED.join(", ")} of each container.`;
  },
});
