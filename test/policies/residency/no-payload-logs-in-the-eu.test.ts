import * as aws from "@pulumi/aws";
import { noPayloadLogsInTheEu } from "../../../policies/residency/no-payload-logs-in-the-eu.ts";
import { testRule } from "../../support/rule-tester.ts";
import { databaseOf, PARAMETERS } from "../data-programs.ts";
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

const DATABASE = '"database" must not log payloads in the EU.';

testRule(noPayloadLogsInTheEu, {
  accepts: {
    "a gateway's traces": () => source("gateway", "TRACES"),
    "a runtime's traces": () => source("runtime", "TRACES"),
    "model invocations without what was said": invocations(OFF),
    "a database's log without statements": () => databaseOf(served()),
    "a database that keeps its log to itself": () =>
      databaseOf(served(), { args: { enabledCloudwatchLogsExports: [] }, parameters: {} }),
  },
  rejects: {
    "a runtime's logs": [() => source("runtime", "APPLICATION_LOGS"), '"lines" must not log payloads in the EU.'],
    "a gateway's logs": [() => source("gateway", "APPLICATION_LOGS"), '"lines" must not log payloads in the EU.'],
    "model invocations with what was said": [invocations({ ...OFF, textDataDeliveryEnabled: true }), INVOCATIONS],
    "model invocations with whatever is usual": [invocations({}), INVOCATIONS],
    "a database's log with what changes rows": [
      () => databaseOf(served(), { parameters: { ...PARAMETERS, log_statement: "mod" } }),
      DATABASE,
    ],
    "a database's log with the statements that fail, as is usual": [
      () => databaseOf(served(), { parameters: { ...PARAMETERS, log_min_error_statement: "error" } }),
      DATABASE,
    ],
    "a database's log with the parameters that AWS gives": [
      () => databaseOf(served(), { args: { dbClusterParameterGroupName: undefined } }),
      DATABASE,
    ],
  },
});

testRule(
  noPayloadLogsInTheEu,
  { accepts: {}, rejects: {}, ignores: { "a gateway of the US": () => source("gateway", "APPLICATION_LOGS") } },
  { stack: "production.us-east-1.acme-corp" },
);
