import type { Residency } from "../../environments/residency.ts";
import { parseArn, type Arn } from "../facts/arn.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { isGoverned, mayBeIn, residencyIn, staysInGeography } from "../facts/geography.ts";
import { statementsOf, type Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { settingsOf } from "../facts/workloads.ts";

const INVOCATIONS = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];
const PROFILE = "inference-profile/";

/** The id or ARN of an inference profile in a workload's settings, such as `eu.anthropic.…` or `global.amazon.…`. */
const MODEL =
  /^(?:.*:inference-profile\/)?((?:global|us|us-gov|eu|apac|jp|au|ca)\.(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen|twelvelabs|writer)\..+)$/;

export const inferenceStaysInTheGeography = rule({
  premise: "residency",
  id: "inference-stays-in-the-geography",
  severity: "critical",
  description: "Prompts go only to models in the geography of the residency; a global inference profile goes anywhere.",
  remediation: "Use the inference profile of the residency's geography, or a model of the region where it has none.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy],
  subjects: { types: [TYPE.rolePolicy, TYPE.runtime, TYPE.deployment], where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) => {
    const residency = residencyIn(stack);
    const stays = it.type === TYPE.rolePolicy ? grantsStay(it, residency) : settingsStay(it, residency);
    return stays ? undefined : `"${it.name}" must use only models in the geography of the residency "${residency}".`;
  },
});

function grantsStay(policy: ResourceView, residency: Residency): boolean {
  const grants = statementsOf(policy, "policy").filter(
    (it) => it.allows && INVOCATIONS.some((action) => it.covers(action)),
  );
  return every(
    grants,
    (it) => !it.isInverted && it.resources.every((resource) => stays(parseArn(resource), it, residency)),
  );
}

function stays(arn: Arn | undefined, statement: Statement, residency: Residency): boolean {
  if (arn === undefined) return false;
  if (arn.resource.startsWith(PROFILE)) return isOwnProfile(arn, residency);
  if (!/^foundation-model\/[^*?]/.test(arn.resource)) return false;
  return mayBeIn(arn.region, residency) || isBehindProfile(statement, residency);
}

/** Whether a grant is restricted to the geography's profile by condition; a profile calls models in several regions, whose ARNs name no region. */
function isBehindProfile({ conditions }: Statement, residency: Residency): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      /^(?:String|Arn)(?:Equals|Like)$/.test(operator) &&
      key.toLowerCase() === "bedrock:inferenceprofilearn" &&
      values.length > 0 &&
      values.every((value) => isOwnProfile(parseArn(value), residency)),
  );
}

function isOwnProfile(arn: Arn | undefined, residency: Residency): boolean {
  if (!arn?.resource.startsWith(PROFILE)) return false;
  return mayBeIn(arn.region, residency) && staysInGeography(arn.resource.slice(PROFILE.length), residency);
}

function settingsStay(it: ResourceView, residency: Residency): boolean {
  return every(settingsOf(it), ({ read }) => {
    const profile = MODEL.exec(read() ?? "")?.[1];
    return profile === undefined || staysInGeography(profile, residency);
  });
}
