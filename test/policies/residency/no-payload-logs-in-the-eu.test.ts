import * as aws from "@pulumi/aws";
import { noPayloadLogsInTheEu } from "../../../policies/residency/no-payload-logs-in-the-eu.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, planOf, runtimeOf, served } from "../programs.ts";

function source(of: "gateway" | "runtime", logType: string): void {
  const opts = served();
  const resourceArn =
    of === "gateway" ? gatewayOf("mcp", opts).gatewayArn : runtimeOf("database", opts).agentRuntimeArn;
  new aws.cloudwatch.LogDeliverySource("lines", { name: "lines", resourceArn, logType }, opts);
}

function invocations(loggingConfig: Readonly<Record<string, boolean>>): ReturnType<typeof planOf> {
  const type = "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration";
  return planOf({ type, name: "invocations", inputs: { loggingConfig } });
}

const OFF = {
  textDataDeliveryEnabled: false,
  imageDataDeliveryEnabled: false,
  embeddingDataDeliveryEnabled: false,
  videoDataDeliveryEnabled: false,
};
const INVOCATIONS = '"invocations" must not log payloads in the EU.';

testRule(noPayloadLogsInTheEu, {
  accepts: {
    "a gateway's traces": () => source("gateway", "TRACES"),
    "a runtime's logs": () => source("runtime", "APPLICATION_LOGS"),
    "model invocations without what was said": invocations(OFF),
  },
  rejects: {
    "a gateway's logs": [() => source("gateway", "APPLICATION_LOGS"), '"lines" must not log payloads in the EU.'],
    "model invocations with what was said": [invocations({ ...OFF, textDataDeliveryEnabled: true }), INVOCATIONS],
    "model invocations with whatever is usual": [invocations({}), INVOCATIONS],
  },
});

testRule(
  noPayloadLogsInTheEu,
  { accepts: {}, rejects: {}, ignores: { "a gateway of the US": () => source("gateway", "APPLICATION_LOGS") } },
  { stack: "production.us-east-1.acme-corp" },
);
