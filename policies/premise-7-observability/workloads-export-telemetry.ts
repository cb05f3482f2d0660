import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { some } from "../engine/three-values.ts";
import { environmentOf, workloads } from "../facts/workloads.ts";

export const workloadsExportTelemetry = rule({
  premise: 7,
  id: "workloads-export-telemetry",
  severity: "high",
  description: "Every MCP server and agent exports metrics, logs and traces under its own service name.",
  remediation: "Set OTEL_SERVICE_NAME, and on AgentCore AGENT_OBSERVABILITY_ENABLED to true, in its environment.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: workloads,
  judge: [
    (it) => (hasVariable(it, "OTEL_SERVICE_NAME") ? undefined : `"${it.name}" must be given OTEL_SERVICE_NAME.`),
    (it) =>
      it.type !== TYPE.runtime || it.text("environmentVariables.AGENT_OBSERVABILITY_ENABLED") === "true"
        ? undefined
        : `"${it.name}" must be given AGENT_OBSERVABILITY_ENABLED as "true".`,
  ],
});

function hasVariable(it: ResourceView, name: string): boolean {
  return some(environmentOf(it), ([key]) => key === name);
}
