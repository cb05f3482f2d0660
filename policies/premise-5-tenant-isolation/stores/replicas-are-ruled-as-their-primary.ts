import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import { absent } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const replicasAreRuledAsTheirPrimary = rule({
  premise: 5,
  id: "replicas-are-ruled-as-their-primary",
  severity: "high",
  description:
    "The copy of a key in another region lets in whom the key itself lets in: AWS KMS keeps a policy for each, and the data is the same.",
  remediation: "Give the ReplicaKey the policy of its primary, with the names of its own region.",
  frameworks: [CONTROL.isoCryptography, CONTROL.isoSegregation, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.replicaKey] },
  judge: (it, stack) => {
    const arn = it.text("primaryKeyArn");
    const primary = stack.ofType(TYPE.key).find(({ resource }) => resource.outputs?.["arn"] === arn);
    if (primary === undefined) return absent(`"${it.name}" must copy a key of its own stack.`);
    return ruleOf(it) === ruleOf(primary)
      ? undefined
      : `"${it.name}" must have the policy of "${primary.name}", of which it is a copy.`;
  },
});

/** The policy without what differs from region to region. */
function ruleOf(key: ResourceView): string {
  return (key.text("policy") ?? "").replaceAll(/\b[a-z]{2}(?:-[a-z]+)+-\d\b/g, "REGION");
}
