import { OTLP } from "../../../contracts/records/container-logs.ts";
import { workloadsExportTelemetry } from "../../../policies/premise-7-observability/workloads-export-telemetry.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, planOf, runtimeOf, served } from "../programs.ts";

const runtime = (environmentVariables: Record<string, string>): void =>
  void runtimeOf("database", served(), { environmentVariables });

function agent(endpoint?: string): void {
  const env = [
    { name: "OTEL_SERVICE_NAME", value: "c" },
    ...(endpoint === undefined ? [] : [{ name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: endpoint }]),
  ];
  agentOf("coordinator", onCluster(), { container: { env } });
}

const collector = (name: string): string => `"${name}" must be given OTEL_EXPORTER_OTLP_ENDPOINT as ${OTLP.endpoint}.`;

const NAME = { OTEL_SERVICE_NAME: "database" };
const ENABLED = '"database" must be given AGENT_OBSERVABILITY_ENABLED as "true".';

testRule(
  workloadsExportTelemetry,
  {
    accepts: {
      "a runtime with both": () => runtime({ ...NAME, AGENT_OBSERVABILITY_ENABLED: "true" }),
      "a runtime that samples a part": () =>
        runtime({
          ...NAME,
          AGENT_OBSERVABILITY_ENABLED: "true",
          OTEL_SDK_DISABLED: "false",
          OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
          OTEL_TRACES_SAMPLER_ARG: "0.1",
        }),
      "an agent with its name, and the collector of its cluster": () => agent(OTLP.endpoint),
    },
    rejects: {
      "a runtime without an environment": [
        () => void runtimeOf("database", served()),
        '"database" must be given OTEL_SERVICE_NAME.',
        ENABLED,
      ],
      ...Object.fromEntries(
        Object.entries({
          OTEL_SDK_DISABLED: "TRUE",
          OTEL_TRACES_SAMPLER: "parentbased_always_off",
          OTEL_TRACES_EXPORTER: "none",
          OTEL_METRICS_EXPORTER: "none",
          OTEL_LOGS_EXPORTER: "none",
        }).map(([name, value]) => [
          `a runtime with ${name}`,
          [
            () => runtime({ ...NAME, AGENT_OBSERVABILITY_ENABLED: "true", [name]: value }),
            `"database" must not switch telemetry off by ${name}.`,
          ],
        ]),
      ),
      "a runtime that samples nothing": [
        () =>
          runtime({
            ...NAME,
            AGENT_OBSERVABILITY_ENABLED: "true",
            OTEL_TRACES_SAMPLER: "traceidratio",
            OTEL_TRACES_SAMPLER_ARG: "0.0",
          }),
        '"database" must not switch telemetry off by OTEL_TRACES_SAMPLER_ARG.',
      ],
      "a service without a name": [
        () => runtime({ OTEL_SERVICE_NAME: "", AGENT_OBSERVABILITY_ENABLED: "true" }),
        '"database" must be given OTEL_SERVICE_NAME.',
      ],
      "an agent on every node that exports nothing": [
        planOf({
          type: "kubernetes:apps/v1:DaemonSet",
          name: "watcher",
          inputs: {
            spec: {
              template: { spec: { containers: [{ env: [{ name: "OTEL_SDK_DISABLED", value: "true" }] }] } },
            },
          },
        }),
        '"watcher" must be given OTEL_SERVICE_NAME.',
        collector("watcher"),
        '"watcher" must not switch telemetry off by OTEL_SDK_DISABLED.',
      ],
      "a runtime that is told not to": [() => runtime({ ...NAME, AGENT_OBSERVABILITY_ENABLED: "false" }), ENABLED],
      "an agent that sends its spans nowhere": [() => agent(), collector("coordinator")],
      "an agent that sends them to a collector of somebody": [
        () => agent("http://collector.eu-west-1.example.com:4318"),
        collector("coordinator"),
      ],
      "an agent without a name": [
        () => void agentOf("coordinator", onCluster()),
        '"coordinator" must be given OTEL_SERVICE_NAME.',
        collector("coordinator"),
      ],
    },
  },
  { preview: "realistic" },
);
