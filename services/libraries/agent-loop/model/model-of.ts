import type { Model } from "@strands-agents/sdk";
import { BedrockModel } from "@strands-agents/sdk/models/bedrock";
import { type Script, ScriptedModel } from "./scripted-model.ts";

/** The value of `MODEL_ID` by which an agent runs without a model. */
export const SCRIPTED = "scripted";

/** Which model an agent asks. */
export interface ModelChoice {
  /** The id of a Bedrock inference profile, or `SCRIPTED`. */
  readonly modelId: string;
  readonly region: string;
  readonly maxTokens: number;
  readonly guardrail?: { readonly id: string; readonly version: string };
}

/** Makes the model of one call: Amazon Bedrock's Converse, or the scripted one. */
export function modelOf({ modelId, region, maxTokens, guardrail }: ModelChoice, script: Script): Model {
  if (modelId === SCRIPTED) return new ScriptedModel(script);
  return new BedrockModel({
    modelId,
    region,
    maxTokens,
    ...(guardrail !== undefined && {
      guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version },
    }),
  });
}
