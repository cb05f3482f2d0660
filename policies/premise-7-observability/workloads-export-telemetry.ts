import { OTLP } from "../../contracts/records/container-logs.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { some } from "../engine/three-values.ts";
import { settingsOf, workloads } from "../facts/workloads.ts";

/** Variables that switch telemetry off, and the values with which they do (OpenTelemetry, environment variable specification). */
const SWITCHES: Readonly<Record<string, RegExp>> = {
  OTEL_SDK_DISABLED: /^true$/i,
  OTEL_TRACES_SAMPLER: /always_off$/,
  OTEL_TRACES_SAMPLER_ARG: /^0+(?:\.0*)?$|^\.0+$/,
  OTEL_TRACES_EXPORTER: /^none$/,
  OTEL_METRICS_EXPORTER: /^none$/,
  OTEL_LOGS_EXPORTER: /^none$/,
};

const ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

export const workloadsExportTelemetry = rule({
  premise: 7,
  id: "workloads-export-telemetry",
  severity: "high",
  description: "Every MCP server, agent and BFF exports metrics, logs and traces under its own service name.",
  remediation:
    "Set OTEL_SERVICE_NAME, on EKS OTEL_EXPORTER_OTLP_ENDPOINT to the collector of the cluster, on AgentCore AGENT_OBSERVABILITY_ENABLED to true, in its environment, and nothing that switches signals off.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: workloads,
  judge: [
    (it) =>
      some(settingsOf(it), ({ name, read }) => name === "OTEL_SERVICE_NAME" && (read() ?? "").trim() !== "")
        ? undefined
        : `"${it.name}" must be given OTEL_SERVICE_NAME.`,
    (it) =>
      it.type === TYPE.runtime ||
      some(settingsOf(it), ({ name, read }) => name === ENDPOINT && read() === OTLP.endpoint)
        ? undefined
        : `"${it.name}" must be given ${ENDPOINT} as ${OTLP.endpoint}.`,
    (it) =>
      it.type !== TYPE.runtime || it.text("environmentVariables.AGENT_OBSERVABILITY_ENABLED") === "true"
        ? undefined
        : `"${it.name}" must be given AGENT_OBSERVABILITY_ENABLED as "true".`,
    (it) =>
      settingsOf(it)
        .filter(({ name, read }) => SWITCHES[name]?.test(read() ?? "") === true)
        .map(({ name }) => `"${it.name}" must not switch telemetry off by ${name}.`),
  ],
});
