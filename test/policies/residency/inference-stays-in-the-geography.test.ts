import * as aws from "@pulumi/aws";
import { inferenceStaysInTheGeography } from "../../../policies/residency/inference-stays-in-the-geography.ts";
import { testRule } from "../../support/rule-tester.ts";
import { policyOf, roleFor, runtimeOf, served } from "../programs.ts";

const MODEL = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const EVERYWHERE = `arn:aws:bedrock:*::foundation-model/${MODEL}`;
const profile = (geography: string, region = "eu-west-1"): string =>
  `arn:aws:bedrock:${region}:444455556666:inference-profile/${geography}.${MODEL}`;
const behind = (arn: string): object => ({ StringEquals: { "bedrock:InferenceProfileArn": arn } });

function invoke(resource: string | string[], condition?: object, change: object = {}): void {
  const opts = served();
  const statement = { Effect: "Allow", Action: "bedrock:InvokeModel", Resource: resource, Condition: condition };
  const policy = policyOf({ ...statement, ...change });
  new aws.iam.RolePolicy("thinks", { role: roleFor("agent", opts).name, policy }, opts);
}

const told = (model: string): void =>
  void runtimeOf("coordinator", served(), {
    environmentVariables: { MODEL_ID: model, GATEWAY_URL: "https://eu.example.com" },
  });

const MESSAGE = '"thinks" must use only models in the geography of the residency "eu".';
const TOLD = '"coordinator" must use only models in the geography of the residency "eu".';

testRule(inferenceStaysInTheGeography, {
  accepts: {
    "the profile of the geography": () => invoke(profile("eu")),
    "the profile's models, only behind it": () => invoke(EVERYWHERE, behind(profile("eu"))),
    "a model of the region": () => invoke(`arn:aws:bedrock:eu-west-1::foundation-model/${MODEL}`),
    "something else": () => invoke("*", undefined, { Action: "bedrock:ListFoundationModels" }),
    "a workload that is told of the geography's profile": () => told(`eu.${MODEL}`),
  },
  rejects: {
    "a global profile": [() => invoke(profile("global")), MESSAGE],
    "another geography's profile": [() => invoke(profile("us")), MESSAGE],
    "the geography's profile in a region elsewhere": [() => invoke(profile("eu", "us-east-1")), MESSAGE],
    "any profile": [() => invoke("arn:aws:bedrock:eu-west-1:444455556666:inference-profile/*"), MESSAGE],
    "a model in any region": [() => invoke(EVERYWHERE), MESSAGE],
    "a model behind a global profile": [() => invoke(EVERYWHERE, behind(profile("global"))), MESSAGE],
    "a model of another region": [() => invoke(`arn:aws:bedrock:us-east-1::foundation-model/${MODEL}`), MESSAGE],
    everything: [() => invoke("*"), MESSAGE],
    "everything but one": [
      () => invoke("*", undefined, { Resource: undefined, NotResource: profile("global") }),
      MESSAGE,
    ],
    "a workload that is told of a global profile": [() => told(`global.${MODEL}`), TOLD],
    "a workload that is told of it by its ARN": [() => told(profile("us")), TOLD],
  },
});

testRule(
  inferenceStaysInTheGeography,
  {
    accepts: { "a model of the region": () => invoke(`arn:aws:bedrock:sa-east-1::foundation-model/${MODEL}`) },
    rejects: {
      "any profile, since Brazil has none of its own": [
        () => invoke(profile("us", "sa-east-1")),
        '"thinks" must use only models in the geography of the residency "br".',
      ],
    },
  },
  { stack: "production.sa-east-1.lumina-sa" },
);
