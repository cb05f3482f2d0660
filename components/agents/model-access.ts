import { calledModel } from "../../environments/models.ts";
import type { Residency } from "../../environments/residency.ts";
import type { Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";

/** A Bedrock model, and the law that says where it may run. */
export interface Model {
  /** Without a geography prefix. */
  readonly id: string;
  readonly residency: Residency;
}

/** What to call: the inference profile of the residency's geography, or the model of the region itself where there is none. */
export function modelId({ id, residency }: Model): string {
  return calledModel(id, residency);
}

/** Permission to call the model, and only through the profile that keeps prompts and answers inside the residency. */
export function invokeModel({ account, region }: Place, model: Model): readonly Statement[] {
  const Action = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];
  if (modelId(model) === model.id) {
    return [{ Effect: "Allow", Action, Resource: `arn:aws:bedrock:${region}::foundation-model/${model.id}` }];
  }
  const profile = `arn:aws:bedrock:${region}:${account}:inference-profile/${modelId(model)}`;
  return [
    { Effect: "Allow", Action, Resource: profile },
    {
      Effect: "Allow",
      Action,
      Resource: `arn:aws:bedrock:*::foundation-model/${model.id}`,
      Condition: { StringEquals: { "bedrock:InferenceProfileArn": profile } },
    },
  ];
}
