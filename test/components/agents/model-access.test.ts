import { describe, expect, it } from "vitest";
import { invokeModel, modelId } from "../../../components/agents/model-access.ts";
import { PLACE } from "../planned.ts";

const id = "anthropic.claude";

describe("invokeModel", () => {
  it("reaches the model only through the inference profile of the residency", () => {
    const profile = "arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.anthropic.claude";
    expect(invokeModel(PLACE, { id, residency: "eu" })).toMatchObject([
      { Resource: profile },
      {
        Resource: "arn:aws:bedrock:*::foundation-model/anthropic.claude",
        Condition: { StringEquals: { "bedrock:InferenceProfileArn": profile } },
      },
    ]);
    expect(modelId({ id, residency: "eu" })).toBe("eu.anthropic.claude");
  });

  it("stays in the region where the residency has no inference profiles", () => {
    expect(invokeModel({ ...PLACE, region: "sa-east-1" }, { id, residency: "br" })).toMatchObject([
      { Resource: "arn:aws:bedrock:sa-east-1::foundation-model/anthropic.claude" },
    ]);
    expect(modelId({ id, residency: "br" })).toBe(id);
  });
});
