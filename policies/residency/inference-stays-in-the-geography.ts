import type { Residency } from "../../environments/residency.ts";
import { parseArn, type Arn } from "../facts/arn.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { isGoverned, mayBeIn, residencyIn, staysInGeography } from "../facts/geography.ts";
import { demands } from "../facts/grants/account.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { grantors } from "../facts/grants/identities.ts";
import type { Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";
import { settingsOf } from "../facts/workloads.ts";

/** Every action that sends a prompt to a model. */
const INVOCATIONS = [
  "bedrock:Converse*",
  "bedrock:CreateModelInvocationJob",
  "bedrock:InvokeInlineAgent",
  "bedrock:InvokeModel*",
  "bedrock:RetrieveAndGenerate*",
  "bedrock-mantle:CreateInference",
];
const PROFILE = "inference-profile/";
const APPLICATION_PROFILE = "aws:bedrock/inferenceProfile:InferenceProfile";
const WORKLOADS: readonly string[] = [TYPE.runtime, TYPE.deployment];

/** The id or ARN of an inference profile in a workload's settings, such as `eu.anthropic.…` or `global.amazon.…`. */
const MODEL =
  /^(?:.*:inference-profile\/)?((?:global|us|us-gov|eu|apac|jp|au|ca)\.(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen|twelvelabs|writer)\..+)$/;

export const inferenceStaysInTheGeography = rule({
  premise: "residency",
  id: "inference-stays-in-the-geography",
  severity: "critical",
  description: "Prompts go only to models in the geography of the residency; a global inference profile goes anywhere.",
  remediation:
    "Use the inference profile of the residency's geography, an application inference profile of it, or a model of the region where it has none.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy],
  subjects: {
    types: [...grantors.types, ...WORKLOADS],
    where: (it, stack) => isGoverned(stack) && (WORKLOADS.includes(it.type) || (grantors.where?.(it, stack) ?? true)),
  },
  judge: (it, stack) => {
    const residency = residencyIn(stack);
    const stays = WORKLOADS.includes(it.type) ? settingsStay(it, residency) : grantsStay(it, stack);
    return stays ? undefined : `"${it.name}" must use only models in the geography of the residency "${residency}".`;
  },
});

function grantsStay(it: ResourceView, stack: StackIndex): boolean {
  const grants = grantsOf(it).filter((grant) => INVOCATIONS.some((action) => grant.touches(action)));
  return every(
    grants,
    (grant) => !grant.isInverted && grant.resources.every((resource) => stays(resource, grant, stack)),
  );
}

function stays(resource: string, statement: Statement, stack: StackIndex): boolean {
  const arn = parseArn(resource);
  if (arn?.service !== "bedrock") return isOfAnotherService(arn);
  if (isOwnProfile(resource, stack)) return true;
  if (!/^foundation-model\/[^*?]/.test(arn.resource)) return false;
  return mayBeIn(arn.region, residencyIn(stack)) || isBehindProfile(statement, stack);
}

/** A statement may grant other things beside the invocation; none of them is a model. */
function isOfAnotherService(arn: Arn | undefined): boolean {
  return arn !== undefined && !/[*?]|^bedrock/.test(arn.service);
}

/** Whether a grant is restricted to the geography's profile by condition; a profile calls models in several regions, whose ARNs name no region. */
function isBehindProfile({ conditions }: Statement, stack: StackIndex): boolean {
  return demands(conditions, "bedrock:InferenceProfileArn", (it) => isOwnProfile(it, stack));
}

/** Whether an ARN is of the geography's profile in a region of the residency, or of the stack's own profile that is copied from one. */
function isOwnProfile(text: string, stack: StackIndex): boolean {
  const residency = residencyIn(stack);
  const arn = parseArn(text);
  if (arn === undefined || !mayBeIn(arn.region, residency)) return false;
  if (arn.resource.startsWith(PROFILE)) return staysInGeography(arn.resource.slice(PROFILE.length), residency);
  if (!arn.resource.startsWith(`application-${PROFILE}`)) return false;
  const own = stack.ofType(APPLICATION_PROFILE).filter((it) => it.resource.outputs?.["arn"] === text);
  return own.length > 0 && own.every((it) => isFromModelOfGeography(it.text("modelSource.copyFrom") ?? "", stack));
}

function isFromModelOfGeography(source: string, stack: StackIndex): boolean {
  const arn = parseArn(source);
  if (arn === undefined || !mayBeIn(arn.region, residencyIn(stack))) return false;
  if (arn.resource.startsWith("foundation-model/")) return true;
  return arn.resource.startsWith(PROFILE) && isOwnProfile(source, stack);
}

function settingsStay(it: ResourceView, residency: Residency): boolean {
  return every(settingsOf(it), ({ read }) => {
    const profile = MODEL.exec(read() ?? "")?.[1];
    return profile === undefined || staysInGeography(profile, residency);
  });
}
