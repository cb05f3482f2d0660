import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { byOutput, referenceOf, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";

/** What says of a runtime what it serves, and until when. */
const TAGS = [TAG.kind, TAG.service, TAG.version, TAG.removeOn, TAG.track];

export const endpointsSayWhatTheirRuntimeIs = rule({
  premise: 6,
  id: "endpoints-say-what-their-runtime-is",
  severity: "high",
  description:
    "An endpoint has the tags of its runtime: who looks for a service, a version or the day of its end finds both, or neither.",
  remediation: "Give the endpoint the tags of the runtime that it is of.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  subjects: { types: [TYPE.endpoint], where: (_, stack) => stack.isOurs },
  judge: (it, stack) => {
    const runtime = referred(referenceOf(it, "agentRuntimeId"), byOutput(TYPE.runtime, "agentRuntimeId"), stack);
    if (runtime === undefined) return undefined; // a proof says that it must be declared
    return TAGS.filter((tag) => it.tag(tag) !== runtime.tag(tag)).map(
      (tag) => `"${it.name}" must have the tag ${tag} of "${runtime.name}".`,
    );
  },
});
