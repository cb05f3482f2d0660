import { isRecord } from "../../contracts/json.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";

export const releasedImagesAreKept = rule({
  premise: 6,
  id: "released-images-are-kept",
  severity: "high",
  description: "No image of a release expires: every retained major version, and a way back, needs its own.",
  remediation:
    "Let a lifecycle policy select untagged images only: an image that is released has its version as a tag.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  subjects: { types: ["aws:ecr/lifecyclePolicy:LifecyclePolicy"] },
  judge: (it) => {
    const rules = rulesIn(it.text("policy") ?? "");
    const isKept = rules?.every((each) => tagStatusOf(each) === "untagged");
    return isKept === true ? undefined : `"${it.name}" must expire untagged images only.`;
  },
});

/** The rules of a lifecycle policy; `undefined` for a text that is none. */
function rulesIn(text: string): readonly unknown[] | undefined {
  try {
    const document: unknown = JSON.parse(text);
    const rules = isRecord(document) ? document["rules"] : undefined;
    return Array.isArray(rules) ? rules : undefined;
  } catch {
    return undefined;
  }
}

function tagStatusOf(each: unknown): unknown {
  const selection = isRecord(each) ? each["selection"] : undefined;
  return isRecord(selection) ? selection["tagStatus"] : undefined;
}
