import * as aws from "@pulumi/aws";
import { resourcesStayInTheResidency } from "../../../policies/residency/resources-stay-in-the-residency.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, served } from "../programs.ts";

const message = (name: string): string => `"${name}" must be in a region of the residency "eu".`;
const logs = (args: aws.cloudwatch.LogGroupArgs, region?: string): unknown =>
  new aws.cloudwatch.LogGroup("logs", args, served(region === undefined ? {} : { region }));

testRule(resourcesStayInTheResidency, {
  accepts: {
    "the stack's own region": () => logs({}),
    "the standby of the set": () => logs({ region: "eu-central-1" }),
  },
  rejects: {
    "a region of another residency": [() => logs({ region: "us-east-1" }), message("logs")],
    "a provider of another residency": [() => logs({}, "us-east-1"), message("logs"), message("aws")],
    "a region of Europe that is not of the set": [() => logs({}, "eu-north-1"), message("logs"), message("aws")],
    "a resource that does not say where it is": [
      planOf({ type: "aws:cloudwatch/logGroup:LogGroup", name: "logs" }),
      message("logs"),
    ],
  },
});

testRule(
  resourcesStayInTheResidency,
  {
    accepts: {},
    rejects: {
      "a store in an environment's own stack, which no residency governs": [
        () => new aws.secretsmanager.Secret("secret", {}, served()),
        '"secret" must be in the stack of a region or a tenant: an environment\'s own keeps no data.',
      ],
    },
    ignores: { "an environment's own stack": () => logs({}, "us-east-1") },
  },
  { stack: "production" },
);
