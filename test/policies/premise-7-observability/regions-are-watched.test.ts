import { expect, it } from "vitest";
import { judge } from "../../../policies/engine/judge.ts";
import { regionsAreWatched } from "../../../policies/premise-7-observability/regions-are-watched.ts";
import type { Plan } from "../../../plan/model.ts";
import { plans } from "../../infra/plans.ts";
import { testRule, TODAY } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

type Inputs = Readonly<Record<string, unknown>>;

const REGION = "production.eu-west-1";
const REAL = plans.get(REGION)!.plan;
const TRAIL = "aws:cloudtrail/trail:Trail";

/** The region's own plan, in which all resources of a type are changed; `undefined` takes them away. */
function changed(type: string, change: (inputs: Inputs) => Inputs | undefined): Plan {
  const resources = REAL.resources.flatMap((one) => {
    if (one.type !== type) return [one];
    const inputs = change(one.inputs);
    return inputs === undefined ? [] : [{ ...one, inputs }];
  });
  return { ...REAL, resources };
}

const must = (what: string): string => `"eu-west-1" must have ${what}.`;

testRule(regionsAreWatched, {
  accepts: { "the region of an environment": REAL },
  rejects: {
    "a trail that is switched off": [
      changed(TRAIL, (inputs) => ({ ...inputs, enableLogging: false })),
      must("a trail of all management events, validated and under a key"),
      ...["BedrockAgentCore::Gateway", "DynamoDB::Table", "Lambda::Function", "S3::Object"].map((type) =>
        must(`a trail of what is done with each AWS::${type}`),
      ),
    ],
    "a trail whose files nobody can check": [
      changed(TRAIL, (inputs) => ({ ...inputs, enableLogFileValidation: false })),
      must("a trail of all management events, validated and under a key"),
    ],
    "a trail of writes alone": [
      changed(TRAIL, (inputs) => ({
        ...inputs,
        advancedEventSelectors: (
          inputs["advancedEventSelectors"] as readonly { fieldSelectors: readonly object[] }[]
        ).map((it, i) =>
          i > 0 ? it : { ...it, fieldSelectors: [...it.fieldSelectors, { field: "readOnly", equals: ["false"] }] },
        ),
      })),
      must("a trail of all management events, validated and under a key"),
    ],
    "a trail of another region": [
      changed(TRAIL, (inputs) => ({ ...inputs, region: "eu-central-1" })),
      must("a trail of all management events, validated and under a key"),
      ...["BedrockAgentCore::Gateway", "DynamoDB::Table", "Lambda::Function", "S3::Object"].map((type) =>
        must(`a trail of what is done with each AWS::${type}`),
      ),
    ],
    "no dashboard": [changed("aws:cloudwatch/dashboard:Dashboard", () => undefined), must("a dashboard")],
    "backups that AWS Backup does not make": [
      changed("aws:backup/regionSettings:RegionSettings", (inputs) => ({
        ...inputs,
        resourceTypeOptInPreference: { Aurora: true, DynamoDB: false },
      })),
      must("AWS Backup switched on for databases and tables"),
    ],
    "a recorder that nobody starts": [
      changed("aws:cfg/recorderStatus:RecorderStatus", (inputs) => ({ ...inputs, isEnabled: false })),
      must("its recorder switched on"),
    ],
    "traces without an index": [
      changed("aws:xray/indexingRule:IndexingRule", () => undefined),
      must("an index of 10 % of its traces"),
    ],
    "an index of hardly any trace": [
      changed("aws:xray/indexingRule:IndexingRule", (inputs) => ({
        ...inputs,
        rule: { probabilistic: { desiredSamplingPercentage: 0 } },
      })),
      must("an index of 10 % of its traces"),
    ],
    "backups of which nobody hears that they fail": [
      changed("aws:cloudwatch/eventRule:EventRule", (inputs) =>
        String(inputs["eventPattern"]).includes("aws.backup") ? undefined : inputs,
      ),
      must("a rule that tells of backups, copies and restores that fail"),
    ],
    "a rule that hears of backups alone": [
      changed("aws:cloudwatch/eventRule:EventRule", (inputs) =>
        String(inputs["eventPattern"]).includes("aws.backup")
          ? {
              ...inputs,
              eventPattern: JSON.stringify({ source: ["aws.backup"], "detail-type": ["Backup Job State Change"] }),
            }
          : inputs,
      ),
      must("a rule that tells of backups, copies and restores that fail"),
    ],
    "findings of an analyzer of which nobody hears": [
      changed("aws:cloudwatch/eventRule:EventRule", (inputs) =>
        String(inputs["eventPattern"]).includes("aws.access-analyzer") ? undefined : inputs,
      ),
      must("a rule that tells of access from outside the account, and permissions that nobody uses"),
    ],
    "a detector that is suspended": [
      changed("aws:guardduty/detector:Detector", (inputs) => ({ ...inputs, enable: false })),
      must("Amazon GuardDuty"),
    ],
    "a detector that does not read audit logs": [
      changed("aws:guardduty/detectorFeature:DetectorFeature", (inputs) =>
        inputs["name"] === "EKS_AUDIT_LOGS" ? { ...inputs, status: "DISABLED" } : inputs,
      ),
      must("Amazon GuardDuty with EKS_AUDIT_LOGS"),
    ],
    "instances that tell credentials to whoever asks": [
      changed("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", () => undefined),
      must("instances that ask for a token before they tell credentials"),
    ],
  },
  ignores: { "the stack of a tenant": planOf({ type: "aws:ec2/vpc:Vpc", name: "vpc", inputs: {} }) },
});

it("says of an empty region all that it must have", () => {
  const network = planOf({ type: "aws:ec2/vpc:Vpc", name: "vpc", inputs: { region: "eu-west-1" } });
  const [verdict] = judge({ ...network, stack: REGION }, TODAY, [regionsAreWatched]).rules;
  expect(verdict?.violations).toHaveLength(regionsAreWatched.facts.length);
});
