import * as aws from "@pulumi/aws";
import { gatewayKeysAdmitLogDelivery } from "../../../policies/premise-7-observability/gateway-keys-admit-log-delivery.ts";
import { testRule } from "../../support/rule-tester.ts";
import { ACCOUNT, gatewayOf, policyOf, REGION, served } from "../programs.ts";

const ADMITS = {
  Effect: "Allow",
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: "*",
  Condition: {
    StringEquals: { "aws:SourceAccount": ACCOUNT },
    StringLike: { "kms:EncryptionContext:SourceArn": `arn:aws:logs:${REGION}:${ACCOUNT}:*` },
  },
};

/** A gateway under a key with this statement in its policy, whose spans are delivered unless it says otherwise. */
function gateway(statement: Readonly<Record<string, unknown>>, { isDelivered = true } = {}): void {
  const opts = served();
  const key = new aws.kms.Key("key", { policy: policyOf(statement) }, opts);
  const { gatewayArn } = gatewayOf("mcp", opts, { kmsKeyArn: key.arn });
  if (!isDelivered) return;
  new aws.cloudwatch.LogDeliverySource("spans", { name: "spans", resourceArn: gatewayArn, logType: "TRACES" }, opts);
}

const MESSAGE =
  '"mcp" must have a key whose policy lets delivery.logs.amazonaws.com use it for this account and region alone.';

testRule(gatewayKeysAdmitLogDelivery, {
  accepts: { "a key that admits deliveries of the account and region": () => gateway(ADMITS) },
  rejects: {
    "a key that admits log groups only": [
      () => gateway({ ...ADMITS, Principal: { Service: `logs.${REGION}.amazonaws.com` } }),
      MESSAGE,
    ],
    "a key that admits deliveries of every account": [() => gateway({ ...ADMITS, Condition: {} }), MESSAGE],
    "a key that admits deliveries of another account": [
      () =>
        gateway({
          ...ADMITS,
          Condition: { ...ADMITS.Condition, StringEquals: { "aws:SourceAccount": "999999999999" } },
        }),
      MESSAGE,
    ],
    "a key under which nothing can be written": [() => gateway({ ...ADMITS, Action: "kms:Decrypt" }), MESSAGE],
    "a key that denies": [() => gateway({ ...ADMITS, Effect: "Deny" }), MESSAGE],
  },
  ignores: {
    "a gateway of which nothing is delivered": () => gateway({ ...ADMITS, Condition: {} }, { isDelivered: false }),
  },
});
