import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { functionsMayRun as proven } from "../../../../policies/proofs/functions-may-run.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, set, statementsIn, withoutAction } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const GRANT = "aws:iam/rolePolicy:RolePolicy";
const FUNCTION = "aws:lambda/function:Function";

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

function found(edit: Edit): string {
  const plans = (all.get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
  return waysOf(verdictOf(proven, ...edited(plans, edit))).join("\n");
}

it("holds in every environment, whose functions are told of secrets and tables", () => {
  for (const plans of all.values()) {
    const verdict = verdictOf(proven, ...plans);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated.find((it) => it.what === "calls of functions")?.count).toBeGreaterThan(50);
    expect(verdict.enumerated.find((it) => it.what.startsWith("stores"))?.count).toBeGreaterThan(10);
  }
});

const lacking = (name: string, action: string): Edit => ({
  type: GRANT,
  name,
  change: withoutAction("policy", action),
});

describe("what a function cannot do is found:", () => {
  it.each([
    [
      "write its log",
      lacking("token-claims-reports", "logs:PutLogEvents"),
      '"token-claims" must be granted logs:PutLogEvents on arn:aws:logs:eu-west-1:111122223333:log-group:/alicerce/xyz-gmbh/token-claims:log-stream:x',
    ],
    [
      "write into another group than its own",
      { type: FUNCTION, name: "token-claims", change: set(["loggingConfig", "logGroup"], "/alicerce/other") },
      '"token-claims" must be granted logs:CreateLogStream on arn:aws:logs:eu-west-1:111122223333:log-group:/alicerce/other',
    ],
    [
      "send traces",
      lacking("token-claims-reports", "xray:PutTraceSegments"),
      '"token-claims" must be granted xray:PutTraceSegments',
    ],
    [
      "join its network",
      lacking("database-setup-interfaces", "ec2:CreateNetworkInterface"),
      '"database-setup" must be granted ec2:CreateNetworkInterface',
    ],
    [
      "read its environment",
      lacking("database-setup-key", "kms:Decrypt"),
      '"database-setup" must be granted kms:Decrypt',
    ],
    [
      "decrypt what it reads",
      { type: GRANT, name: /^interceptor-b2b-(?:table|key)$/, change: withoutAction("policy", "kms:Decrypt") },
      'Of "interceptor-b2b": arn:aws:dynamodb:eu-west-1:111122223333:table/',
    ],
    [
      "use a secret that it is told of",
      {
        type: GRANT,
        name: "agent-coordinator-token-secret",
        change: statementsIn("policy", (of) => of.filter((it) => !JSON.stringify(it).includes("secretsmanager:Get"))),
      },
      '"agent-coordinator-token" must be granted what its code calls on arn:aws:secretsmanager:',
    ],
    [
      "use a key that leaves nothing to IAM",
      {
        type: "aws:kms/key:Key",
        name: "key",
        change: statementsIn("policy", (of) => of.filter((it) => it["Sid"] !== "AccountDecides")),
      },
      '"key" must let the account\'s roles do kms:Decrypt',
    ],
    [
      "act within its boundary",
      {
        type: "aws:iam/policy:Policy",
        name: /boundary/,
        change: withoutAction("policy", "xray:PutTraceSegments"),
      },
      '"token-claims" must have a boundary that allows xray:PutTraceSegments on *',
    ],
  ] satisfies readonly (readonly [string, Edit, string])[])("%s", (_, edit, message) => {
    expect(found(edit)).toContain(message);
  });
});
