import * as aws from "@pulumi/aws";
import { inferenceStaysInTheGeography } from "../../../policies/residency/inference-stays-in-the-geography.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { ACCOUNT, planOf, policyOf, policyOfText, roleFor, runtimeOf, served } from "../programs.ts";

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

/** An application inference profile of the stack, which is copied from the profile of a geography; called itself or behind a condition. */
function application(geography: string, isBehind = false): Plan {
  const copyFrom = profile(geography).replace("444455556666", ACCOUNT);
  const arn = `arn:aws:bedrock:eu-west-1:${ACCOUNT}:application-inference-profile/abcdefghijkl`;
  const model = { Resource: EVERYWHERE, Condition: { StringEquals: { "bedrock:InferenceProfileArn": arn } } };
  const statement = { Effect: "Allow", Action: "bedrock:InvokeModel", ...(isBehind ? model : { Resource: arn }) };
  return planOf(
    {
      type: "aws:bedrock/inferenceProfile:InferenceProfile",
      name: "own",
      inputs: { name: "own", modelSource: { copyFrom } },
      outputs: { arn },
    },
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "thinks",
      inputs: { role: "agent", policy: policyOfText(statement) },
    },
  );
}

const MESSAGE = '"thinks" must use only models in the geography of the residency "eu".';
const TOLD = '"coordinator" must use only models in the geography of the residency "eu".';

testRule(inferenceStaysInTheGeography, {
  accepts: {
    "the profile of the geography": () => invoke(profile("eu")),
    "the profile's models, only behind it": () => invoke(EVERYWHERE, behind(profile("eu"))),
    "a model of the region": () => invoke(`arn:aws:bedrock:eu-west-1::foundation-model/${MODEL}`),
    "an application inference profile of the geography's": application("eu"),
    "a model behind an application inference profile of the geography's": application("eu", true),
    "something else": () => invoke("*", undefined, { Action: "bedrock:ListFoundationModels" }),
    "a workload that is told of the geography's profile": () => told(`eu.${MODEL}`),
  },
  rejects: {
    "a global profile in a role's own policy": [
      () => {
        const policy = policyOf({ Effect: "Allow", Action: "bedrock:InvokeModel", Resource: profile("global") });
        roleFor("thinks", served(), { inlinePolicies: [{ name: "it", policy }] });
      },
      MESSAGE,
    ],
    "a global profile in a managed policy that is attached": [
      () => {
        const opts = served();
        const policy = policyOf({ Effect: "Allow", Action: "bedrock:InvokeModel", Resource: profile("global") });
        const { arn } = new aws.iam.Policy("thinks", { policy }, opts);
        new aws.iam.RolePolicyAttachment("to", { role: roleFor("agent", opts).name, policyArn: arn }, opts);
      },
      MESSAGE,
    ],
    ...Object.fromEntries(
      [
        "InvokeModelWithBidirectionalStream",
        "InvokeModel*",
        "Invoke*",
        "Converse",
        "ConverseStream",
        "CreateModelInvocationJob",
        "RetrieveAndGenerate",
        "InvokeInlineAgent",
      ].map((action) => [
        `a global profile by ${action}`,
        [(): void => invoke(profile("global"), undefined, { Action: `bedrock:${action}` }), MESSAGE] as const,
      ]),
    ),
    "all actions but one": [
      () => invoke("*", undefined, { Action: undefined, NotAction: "bedrock:ListFoundationModels" }),
      MESSAGE,
    ],
    "an application inference profile that the stack does not declare": [
      () => invoke("arn:aws:bedrock:eu-west-1:444455556666:application-inference-profile/abcdefghijkl"),
      MESSAGE,
    ],
    "an application inference profile of a global one": [application("global"), MESSAGE],
    "a model behind an application inference profile of a global one": [application("global", true), MESSAGE],
    "a model behind its profile, if it is called by one at all": [
      () => invoke(EVERYWHERE, { StringEqualsIfExists: { "bedrock:InferenceProfileArn": profile("eu") } }),
      MESSAGE,
    ],
    "a model behind all profiles but one": [
      () => invoke(EVERYWHERE, { StringNotEquals: { "bedrock:InferenceProfileArn": profile("eu") } }),
      MESSAGE,
    ],
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
