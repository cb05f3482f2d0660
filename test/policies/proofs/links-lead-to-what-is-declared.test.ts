import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../plan/model.ts";
import { linksLeadToWhatIsDeclared } from "../../../policies/proofs/links-lead-to-what-is-declared.ts";
import type { Described } from "../programs.ts";
import { ACME, planIn, US_EAST, verdictOf, waysOf, XYZ } from "./platforms.ts";

const arn = (role: string): string => `arn:aws:iam::111122223333:role/${role}`;
const role = (name: string): Described => ({
  type: "aws:iam/role:Role",
  name,
  outputs: { arn: arn(name), name },
});
const gateway = (roleArn: unknown, name = "mcp"): Described => ({
  type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
  name,
  inputs: { roleArn },
});
const key = (keyUsage: string): Described => ({
  type: "aws:kms/key:Key",
  name: "key",
  inputs: { keyUsage },
  outputs: { arn: "arn:aws:kms:us-east-1:111122223333:key/1" },
});
const logs: Described = {
  type: "aws:cloudwatch/logGroup:LogGroup",
  name: "logs",
  inputs: { kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/1" },
};
const alarm: Described = {
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name: "errors",
  inputs: { alarmActions: ["arn:aws:sns:us-east-1:111122223333:alerts"] },
};
const topic: Described = {
  type: "aws:sns/topic:Topic",
  name: "alerts",
  outputs: { arn: "arn:aws:sns:us-east-1:111122223333:alerts" },
};

const nowhere = (name: string, path: string, text: string): string =>
  `"${name}" must name in ${path} what its own stack, or one above it, declares.\n${path} is ${text}`;
const said = (...plans: readonly ReturnType<typeof planIn>[]) => waysOf(verdictOf(linksLeadToWhatIsDeclared, ...plans));

describe(linksLeadToWhatIsDeclared.name, () => {
  it("holds for what the own stack and the one above it declare", () => {
    expect(said(planIn(ACME, gateway(arn("one")), role("one"), alarm), planIn(US_EAST, topic))).toEqual([]);
  });

  it("finds the role of another tenant, also in the same account", () => {
    expect(said(planIn(ACME, gateway(arn("one"))), planIn(XYZ, role("one")))).toEqual([
      nowhere("mcp", "roleArn", arn("one")),
    ]);
  });

  it("finds clusters, pools of users and clients by names that nobody has", () => {
    const dimensions = { ClusterName: "other", UserPool: "eu-west-1_x", UserPoolClient: "x" };
    const watched: Described = { ...alarm, inputs: { metricQueries: [{ metric: { dimensions } }] } };
    const at = "metricQueries.metric.dimensions";
    expect(said(planIn(ACME, watched))).toEqual([
      nowhere("errors", `${at}.ClusterName`, "other"),
      nowhere("errors", `${at}.UserPool`, "eu-west-1_x"),
      nowhere("errors", `${at}.UserPoolClient`, "x"),
    ]);
  });

  it("finds what nobody declares, such as a topic of another region", () => {
    expect(said(planIn(ACME, alarm), planIn("production.us-west-2", topic))).toEqual([
      nowhere("errors", "alarmActions", "arn:aws:sns:us-east-1:111122223333:alerts"),
    ]);
  });

  it("finds what a region's stack takes from a tenant's", () => {
    expect(said(planIn(US_EAST, alarm), planIn(ACME, topic))).toHaveLength(1);
  });

  it("finds two workloads with one role", () => {
    expect(said(planIn(ACME, gateway(arn("one")), gateway(arn("one"), "other"), role("one")))).toEqual([
      `"other" must not share "one" with "mcp".\nboth name ${arn("one")}`,
    ]);
  });

  it("lets a key encrypt that is for encryption, and no key that signs", () => {
    expect(said(planIn(ACME, logs, key("ENCRYPT_DECRYPT")))).toEqual([]);
    expect(said(planIn(ACME, logs, key("SIGN_VERIFY")))).toHaveLength(1);
  });

  it("cannot tell what is not known yet", () => {
    const verdict = verdictOf(linksLeadToWhatIsDeclared, planIn(ACME, gateway(UNKNOWN), role("one")));
    expect(verdict.violations).toEqual([]);
    expect(verdict.undetermined.map(({ path }) => path)).toEqual(["roleArn"]);
  });
});
