import { LABEL, TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { tagsOf, type ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { ENCRYPTION } from "../facts/tenancy.ts";

/** Kubernetes objects that carry the tenant as a label. */
const LABELLED: readonly string[] = [TYPE.deployment, TYPE.namespace];

/** Types that must name their tenant even where the program sets no tags on them. */
const TAGGED: readonly string[] = [
  ...Object.keys(ENCRYPTION),
  TYPE.key,
  TYPE.replicaKey,
  TYPE.role,
  TYPE.runtime,
  TYPE.userPool,
].filter((it) => it !== TYPE.bucketEncryption);

export const tenantResourcesAreTagged = rule({
  premise: 5,
  id: "tenant-resources-are-tagged",
  severity: "high",
  description: "Everything in a tenant's stack names its tenant; other rules, budgets and audits depend on it.",
  remediation: "Let the stack's provider carry the tenant in `defaultTags`, and label Kubernetes objects.",
  frameworks: [CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  subjects: { types: ["aws:*", TYPE.awsProvider, ...LABELLED], where: isSubject },
  judge: (it, stack) => {
    const tenant = stack.tenant ?? "";
    return tenantNamedBy(it) === tenant ? undefined : `"${it.name}" must be marked as belonging to tenant "${tenant}".`;
  },
});

function isSubject(it: ResourceView, stack: StackIndex): boolean {
  if (stack.tenant === undefined || !it.resource.custom) return false;
  return !it.type.startsWith("aws:") || TAGGED.includes(it.type) || it.has("tags");
}

function tenantNamedBy(it: ResourceView): string | undefined {
  if (LABELLED.includes(it.type)) return it.label(LABEL.tenant);
  return it.type === TYPE.awsProvider ? tagsOf(it).text("", TAG.tenant) : it.tag(TAG.tenant);
}
