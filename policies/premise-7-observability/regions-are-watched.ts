import { ALERTED_EVENTS } from "../../contracts/records/alerted-events.ts";
import { TRACES_INDEXED_PERCENT } from "../../environments/observability/traces.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { TYPE } from "../facts/resource-types.ts";

/** Something that a region must have: in words, its type, and when it has effect. */
type GuardRail = readonly [sentence: string, type: string, isEffective: (it: ResourceView) => boolean];

const DATA = ["AWS::BedrockAgentCore::Gateway", "AWS::DynamoDB::Table", "AWS::Lambda::Function", "AWS::S3::Object"];
const FEATURES = ["EKS_AUDIT_LOGS", "LAMBDA_NETWORK_LOGS", "RDS_LOGIN_EVENTS", "S3_DATA_EVENTS"];
const TRAIL = "aws:cloudtrail/trail:Trail";

const GUARD_RAILS: readonly GuardRail[] = [
  [
    "a trail of all management events, validated and under a key",
    TRAIL,
    (it) =>
      it.flag("enableLogging") !== false &&
      it.flag("enableLogFileValidation") === true &&
      it.has("kmsKeyId") &&
      selects(it, ["eventCategory", "Management"]),
  ],
  ...DATA.map((type): GuardRail => [
    `a trail of what is done with each ${type}`,
    TRAIL,
    (it) => it.flag("enableLogging") !== false && selects(it, ["eventCategory", "Data"], ["resources.type", type]),
  ]),
  [
    "a recorder of all configurations",
    "aws:cfg/recorder:Recorder",
    (it) => it.flag("recordingGroup.allSupported") === true,
  ],
  ["its recorder switched on", "aws:cfg/recorderStatus:RecorderStatus", (it) => it.flag("isEnabled") === true],
  [
    "its recorder's channel, under a key",
    "aws:cfg/deliveryChannel:DeliveryChannel",
    (it) => it.has("s3BucketName") && it.has("s3KmsKeyArn"),
  ],
  ["Amazon GuardDuty", "aws:guardduty/detector:Detector", (it) => it.flag("enable") !== false],
  ...FEATURES.map((feature): GuardRail => [
    `Amazon GuardDuty with ${feature}`,
    "aws:guardduty/detectorFeature:DetectorFeature",
    (it) => it.text("name") === feature && it.text("status") === "ENABLED",
  ]),
  [
    "AWS Security Hub with a standard",
    "aws:securityhub/standardsSubscription:StandardsSubscription",
    (it) =>
      /:standards\/aws-foundational-security-best-practices\/v\/\d+\.\d+\.\d+$/.test(it.text("standardsArn") ?? ""),
  ],
  ["Amazon Inspector for images", "aws:inspector2/enabler:Enabler", (it) => it.texts("resourceTypes").includes("ECR")],
  [
    "volumes that are encrypted",
    "aws:ebs/encryptionByDefault:EncryptionByDefault",
    (it) => it.flag("enabled") !== false,
  ],
  ["AWS Security Hub", "aws:securityhub/account:Account", () => true],
  [
    "spans that are kept in CloudWatch Logs",
    "aws:xray/traceSegmentDestination:TraceSegmentDestination",
    (it) => it.text("destination") === "CloudWatchLogs",
  ],
  [
    `an index of ${TRACES_INDEXED_PERCENT} % of its traces`,
    "aws:xray/indexingRule:IndexingRule",
    (it) => it.number("rule.probabilistic.desiredSamplingPercentage") === TRACES_INDEXED_PERCENT,
  ],
  ...Object.values(ALERTED_EVENTS).map(({ description, pattern }): GuardRail => [
    `a rule that tells of ${description}`,
    "aws:cloudwatch/eventRule:EventRule",
    (it) => it.text("eventPattern") === JSON.stringify(pattern),
  ]),
  [
    "AWS Backup switched on for databases and tables",
    "aws:backup/regionSettings:RegionSettings",
    (it) => ["Aurora", "DynamoDB"].every((kind) => it.flag(`resourceTypeOptInPreference.${kind}`) === true),
  ],
  ["a dashboard", "aws:cloudwatch/dashboard:Dashboard", () => true],
  ["a default security group that admits nothing", TYPE.defaultSecurityGroup, () => true],
  [
    "instances that ask for a token before they tell credentials",
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    (it) => it.text("httpTokens") === "required",
  ],
];

export const regionsAreWatched = rule({
  premise: 7,
  id: "regions-are-watched",
  severity: "high",
  description:
    "In each region somebody records what is done and how everything is, and looks for attacks; what is created by hand is safe by default.",
  remediation: "Declare what the finding names in the region's stack.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring, CONTROL.isoConfiguration, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.vpc], where: (_, stack) => stack.address.layer === "region" },
  judge: GUARD_RAILS.map(
    ([sentence, type, isEffective]) =>
      (_: ResourceView, stack: StackIndex) =>
        some(stack.ofType(type), (it) => it.region === stack.region && isEffective(it))
          ? undefined
          : absent(`"${stack.region ?? ""}" must have ${sentence}.`),
  ),
});

/** Whether one selector of a trail has exactly these fields, and so leaves nothing of them out. */
function selects(trail: ResourceView, ...fields: readonly (readonly [field: string, value: string])[]): boolean {
  return some(trail.list("advancedEventSelectors"), (selector) => {
    const found = selector.list("fieldSelectors");
    return found.length === fields.length && fields.every((field) => some(found, (one) => equals(one, field)));
  });
}

function equals(selector: Value, [field, value]: readonly [string, string]): boolean {
  return selector.text("field") === field && selector.texts("equals").includes(value);
}
