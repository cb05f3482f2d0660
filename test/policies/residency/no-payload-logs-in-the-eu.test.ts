import * as aws from "@pulumi/aws";
import { noPayloadLogsInTheEu } from "../../../policies/residency/no-payload-logs-in-the-eu.ts";
import { testRule } from "../../support/rule-tester.ts";
import { databaseOf, PARAMETERS } from "../data-programs.ts";
import type { Plan } from "../../../plan/model.ts";
import { type Described, gatewayOf, planOf, runtimeOf, served } from "../programs.ts";

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

const PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";

function groupOf(parameters: Readonly<Record<string, string>>): Described {
  const list = Object.entries(parameters).map(([name, value]) => ({ name, value }));
  return { type: PARAMETER_GROUP, name: "own", inputs: { parameters: list }, outputs: { name: "own" } };
}

/** An instance of a cluster with parameters of its own. */
function instance(parameters?: Readonly<Record<string, string>>, dbParameterGroupName = "own"): Plan {
  const type = "aws:rds/clusterInstance:ClusterInstance";
  const inputs = { engine: "aurora-postgresql", ...(parameters !== undefined && { dbParameterGroupName }) };
  return planOf(groupOf(parameters ?? {}), { type, name: "instance", inputs });
}

/** A database outside of a cluster. */
function single(parameters: Readonly<Record<string, string>>): Plan {
  const enabledCloudwatchLogsExports = ["postgresql"];
  const inputs = { engine: "postgres", parameterGroupName: "own", enabledCloudwatchLogsExports };
  return planOf(groupOf(parameters), { type: "aws:rds/instance:Instance", name: "database", inputs });
}

function mysql(enabledCloudwatchLogsExports: readonly string[]): Plan {
  const inputs = { engine: "mysql", enabledCloudwatchLogsExports };
  return planOf({ type: "aws:rds/instance:Instance", name: "database", inputs });
}

testRule(noPayloadLogsInTheEu, {
  accepts: {
    "a gateway's traces": () => source("gateway", "TRACES"),
    "a runtime's traces": () => source("runtime", "TRACES"),
    "model invocations without what was said": invocations(OFF),
    "a database's log without statements": () => databaseOf(served()),
    "an instance of a database that adds nothing to it": instance({ "auto_explain.log_min_duration": "-1" }),
    "an instance of a database with the parameters of the cluster": instance(),
    "a database outside of a cluster, without statements": single(PARAMETERS),
    "MySQL's log of errors": mysql(["error"]),
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
    ...Object.fromEntries(
      Object.entries({
        "pgaudit.log": "all",
        "pgaudit.role": "rds_pgaudit",
        "auto_explain.log_min_duration": "0",
        log_min_duration_sample: "0",
        log_transaction_sample_rate: "1",
        log_parameter_max_length_on_error: "-1",
        debug_print_parse: "on",
      }).map(([name, value]) => [
        `a database's log with ${name}`,
        [() => databaseOf(served(), { parameters: { ...PARAMETERS, [name]: value } }), DATABASE],
      ]),
    ),
    "an instance that turns statements on again": [
      instance({ log_statement: "all" }),
      '"instance" must not log payloads in the EU.',
    ],
    "an instance with parameters from elsewhere": [
      instance({}, "elsewhere"),
      '"instance" must not log payloads in the EU.',
    ],
    "a database outside of a cluster, with statements": [single({ ...PARAMETERS, log_statement: "all" }), DATABASE],
    "MySQL's log of all statements": [mysql(["error", "general"]), DATABASE],
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
