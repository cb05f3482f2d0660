import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { UNKNOWN } from "../../../../plan/model.ts";
import { judge } from "../../../../policies/engine/judge.ts";
import { unknownValuesHaveAnOrigin } from "../../../../policies/premise-8-least-privilege/resources/unknown-values-have-an-origin.ts";
import { testRule, TODAY } from "../../../support/rule-tester.ts";
import { planIn, XYZ } from "../../proofs/platforms.ts";
import { planOf, served } from "../../programs.ts";

const BUCKET = { type: "aws:s3/bucket:Bucket", name: "files" };

testRule(
  unknownValuesHaveAnOrigin,
  {
    accepts: {
      "what another resource will answer": () => {
        const opts = served();
        const { arn } = new aws.kms.Key("key", {}, opts);
        new aws.secretsmanager.Secret("keys", { kmsKeyId: arn }, opts);
      },
      "what another resource will answer, inside a text": () => {
        const opts = served();
        const { arn } = new aws.sns.Topic("alerts", {}, opts);
        new aws.sns.TopicSubscription(
          "on-duty",
          { topic: arn, protocol: "email", endpoint: arn.apply((it) => `${it}@`) },
          opts,
        );
      },
      "values that are written out": planOf({ ...BUCKET, inputs: { bucket: "files" } }),
    },
    rejects: {},
  },
  { preview: "realistic" },
);

it.each([
  ["a value", { bucket: UNKNOWN }, {}],
  ["a member of a list", { rules: [{ days: UNKNOWN }] }, {}],
  ["one input, where another has an origin", { bucket: "a", policy: UNKNOWN }, { bucket: ["urn:pulumi:x"] }],
])("leaves undetermined %s that comes from nowhere", (_, inputs, propertyDependencies) => {
  const plan = planIn(XYZ, { ...BUCKET, inputs });
  const resources = plan.resources.map((one) => ({ ...one, propertyDependencies }));
  const [verdict] = judge({ ...plan, resources }, TODAY, [unknownValuesHaveAnOrigin]).rules;
  const input = Object.keys(inputs).at(-1) ?? "";
  expect(verdict?.undetermined.map(({ path }) => path)).toEqual([`${input} (and where it comes from)`]);
});
