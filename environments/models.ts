import type { Day } from "../contracts/day.ts";
import { INFERENCE_GEOGRAPHY, type RegionOf, type Residency } from "./residency.ts";

type ModelsOf = { readonly [R in Residency]: Readonly<Record<string, readonly [RegionOf<R>, ...RegionOf<R>[]]>> };

/** Where `MODELS` was read, and the day on which it said so. */
export const MODELS_SOURCE: { readonly page: string; readonly asOf: Day } = {
  page: "https://docs.aws.amazon.com/bedrock/latest/userguide/models-regions.html",
  asOf: "2026-02-15",
};

/**
 * The Bedrock models that agents may use: by residency and model id, without the geography prefix, the regions in which the profile of
 * the geography can be called; where the residency has no profiles, the regions that run the model themselves.
 */
export const MODELS = {
  us: {
    "amazon.nova-pro-v1:0": ["us-east-1", "us-west-2"],
    "anthropic.claude-sonnet-4-5-20250929-v1:0": ["us-east-1", "us-west-2"],
  },
  eu: {
    "amazon.nova-pro-v1:0": ["eu-west-1", "eu-central-1"],
    "anthropic.claude-sonnet-4-5-20250929-v1:0": ["eu-west-1", "eu-central-1"],
  },
  // Claude Sonnet 4.5 has profiles for Japan, for Australia and for the whole world, and none for the geography.
  apac: { "amazon.nova-pro-v1:0": ["ap-southeast-1", "ap-southeast-2"] },
  br: {
    "openai.gpt-oss-120b-1:0": ["sa-east-1"],
    "openai.gpt-oss-20b-1:0": ["sa-east-1"],
  },
} as const satisfies ModelsOf;

/** A model that exists for a residency. */
export type ModelOf<R extends Residency> = keyof (typeof MODELS)[R] & string;

/** The models that exist for a residency, without the geography prefix. */
export function modelsOf(residency: Residency): readonly string[] {
  return Object.keys(MODELS[residency]);
}

/** What is called: the inference profile of the residency's geography, or the model of the region itself where there is none. */
export function calledModel(model: string, residency: Residency): string {
  const geography = INFERENCE_GEOGRAPHY[residency];
  return geography === undefined ? model : `${geography}.${model}`;
}

/** The model behind what is called in a region for a residency; `undefined` where nothing by that name can be called there. */
export function modelBehind(called: string | undefined, residency: Residency, region: string): string | undefined {
  const all: Readonly<Record<string, readonly string[]>> = MODELS[residency];
  return Object.keys(all).find((it) => calledModel(it, residency) === called && all[it]?.includes(region));
}
