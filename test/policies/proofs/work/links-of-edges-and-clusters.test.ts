import { beforeAll, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { linksLeadToWhatIsDeclared as proven } from "../../../../policies/proofs/links-lead-to-what-is-declared.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, set } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

let plans: readonly Plan[];

beforeAll(() => {
  plans = (plansOfAllEnvironments().get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
});

const wrong = (type: string, name: string, ...path: readonly string[]): Edit => {
  const [first = "", ...rest] = path;
  return { type, name, change: set([first, ...rest], "none") };
};

it("holds, with the class of nodes that Amazon EKS makes itself", () => {
  expect(waysOf(verdictOf(proven, ...plans))).toEqual([]);
});

it.each([
  ["loadBalancerArn", wrong("aws:lb/listener:Listener", "administration", "loadBalancerArn")],
  ["webAclArn", wrong("aws:wafv2/webAclAssociation:WebAclAssociation", "edge", "webAclArn")],
  ["cloudwatchAlarmName", wrong("aws:route53/healthCheck:HealthCheck", "identity", "cloudwatchAlarmName")],
  [
    "dimensions.LoadBalancer",
    wrong("aws:cloudwatch/metricAlarm:MetricAlarm", "identity-answers", "dimensions", "LoadBalancer"),
  ],
  ["s3BucketName", wrong("aws:cloudtrail/trail:Trail", "trail", "s3BucketName")],
  ["kmsKeyId", wrong("aws:cloudtrail/trail:Trail", "trail", "kmsKeyId")],
  ["rule", wrong("aws:cloudwatch/eventTarget:EventTarget", "threats", "rule")],
  ["loggingConfig.logGroup", wrong("aws:lambda/function:Function", "token-claims", "loggingConfig", "logGroup")],
  ["dbSubnetGroupName", wrong("aws:rds/cluster:Cluster", "database", "dbSubnetGroupName")],
  ["metadata.namespace", wrong("kubernetes:core/v1:Service", "keycloak", "metadata", "namespace")],
  [
    "spec.serviceRef.name",
    wrong("kubernetes:eks.amazonaws.com/v1:TargetGroupBinding", "identity", "spec", "serviceRef", "name"),
  ],
  [
    "spec.template.spec.serviceAccountName",
    wrong("kubernetes:apps/v1:StatefulSet", "keycloak", "spec", "template", "spec", "serviceAccountName"),
  ],
  [
    "profiles",
    wrong(
      "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy",
      "realm-people-only",
      "profiles",
      "0",
    ),
  ],
] satisfies readonly (readonly [string, Edit])[])("finds a name in %s that nobody declares", (path, edit) => {
  const { name } = edit;
  expect(waysOf(verdictOf(proven, ...edited(plans, edit)))).toEqual([
    `"${String(name)}" must name in ${path} what its own stack, or one above it, declares.\n${path} is none`,
  ]);
});
