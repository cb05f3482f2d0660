import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { gatewaysCanUseTheirKey } from "../../../policies/premise-8-least-privilege/gateways-can-use-their-key.ts";
import { testRule } from "../../support/rule-tester.ts";
import { keyOf } from "../data-programs.ts";
import { gatewayOf, policyOf, roleFor, served } from "../programs.ts";

const ACTIONS = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"];

type On = (key: aws.kms.Key) => pulumi.Input<string>;

/** A gateway under a key, and what its role, or another one, is granted. */
function gateway(actions: readonly string[], on: On = (key) => key.arn, grantee = "gateway"): void {
  const opts = served();
  const key = keyOf(opts);
  const roles = { gateway: roleFor("gateway", opts), other: roleFor("other", opts) };
  const policy = policyOf({ Effect: "Allow", Action: actions, Resource: on(key) });
  new aws.iam.RolePolicy("uses", { role: roles[grantee as keyof typeof roles].name, policy }, opts);
  gatewayOf("mcp", opts, { kmsKeyArn: key.arn, roleArn: roles.gateway.arn });
}

const may = (action: string) => `"mcp" must have a role that may ${action} on its key.`;
const NOTHING = ACTIONS.map(may) as [string, ...string[]];

testRule(gatewaysCanUseTheirKey, {
  accepts: { "a role that may do all four": () => gateway(ACTIONS) },
  rejects: {
    "a role that may create no grant": [() => gateway(ACTIONS.slice(1)), may("kms:CreateGrant")],
    "a role that may write nothing": [() => gateway(ACTIONS.slice(0, -1)), may("kms:GenerateDataKey")],
    "a grant on another key": [
      () => gateway(ACTIONS, () => "arn:aws:kms:eu-west-1:111122223333:key/other"),
      ...NOTHING,
    ],
    "a grant to another role": [() => gateway(ACTIONS, (key) => key.arn, "other"), ...NOTHING],
  },
  ignores: { "a gateway under AWS's own key": () => gatewayOf("mcp", served()) },
});
