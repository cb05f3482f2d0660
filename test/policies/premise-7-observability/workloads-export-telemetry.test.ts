import { workloadsExportTelemetry } from "../../../policies/premise-7-observability/workloads-export-telemetry.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, runtimeOf, served } from "../programs.ts";

const runtime = (environmentVariables: Record<string, string>): void =>
  void runtimeOf("database", served(), { environmentVariables });

const NAME = { OTEL_SERVICE_NAME: "database" };
const ENABLED = '"database" must be given AGENT_OBSERVABILITY_ENABLED as "true".';

testRule(
  workloadsExportTelemetry,
  {
    accepts: {
      "a runtime with both": () => runtime({ ...NAME, AGENT_OBSERVABILITY_ENABLED: "true" }),
      "an agent with its name": () =>
        void agentOf("coordinator", onCluster(), { container: { env: [{ name: "OTEL_SERVICE_NAME", value: "c" }] } }),
    },
    rejects: {
      "a runtime without an environment": [
        () => void runtimeOf("database", served()),
        '"database" must be given OTEL_SERVICE_NAME.',
        ENABLED,
      ],
      "a runtime that is told not to": [() => runtime({ ...NAME, AGENT_OBSERVABILITY_ENABLED: "false" }), ENABLED],
      "an agent without a name": [
        () => void agentOf("coordinator", onCluster()),
        '"coordinator" must be given OTEL_SERVICE_NAME.',
      ],
    },
  },
  { preview: "realistic" },
);
