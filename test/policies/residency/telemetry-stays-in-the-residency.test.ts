import { telemetryStaysInTheResidency } from "../../../policies/residency/telemetry-stays-in-the-residency.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, planOf, runtimeOf, served } from "../programs.ts";

const TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

function agentTo(value: string, name = "OTEL_EXPORTER_OTLP_ENDPOINT"): void {
  agentOf("coordinator", onCluster(), { container: { env: [{ name, value }] } });
}

const MESSAGE = '"coordinator" must send its telemetry to the residency "eu" only.';

testRule(
  telemetryStaysInTheResidency,
  {
    accepts: {
      "an agent that leaves it to its platform": () => agentOf("coordinator", onCluster()),
      "a collector in the cluster": () => agentTo("http://collector.observability.svc.cluster.local:4318"),
      "a collector in the same pod": () => agentTo("http://localhost:4317"),
      "a collector in the network": () => agentTo("http://10.2.0.10:4318"),
      "AWS in the region": () => agentTo("https://xray.eu-west-1.amazonaws.com/v1/traces", TRACES),
    },
    rejects: {
      "AWS in another residency": [() => agentTo("https://xray.us-east-1.amazonaws.com/v1/traces", TRACES), MESSAGE],
      "a service of nobody knows where": [() => agentTo("https://otlp.example.com"), MESSAGE],
      "an address on the internet": [() => agentTo("http://192.0.2.1:4318"), MESSAGE],
      "a runtime that exports elsewhere": [
        () =>
          void runtimeOf("coordinator", served(), { environmentVariables: { [TRACES]: "https://otlp.example.com" } }),
        MESSAGE,
      ],
      "a job that exports elsewhere": [
        planOf({
          type: "kubernetes:batch/v1:CronJob",
          name: "coordinator",
          inputs: {
            spec: {
              jobTemplate: {
                spec: {
                  template: { spec: { containers: [{ env: [{ name: TRACES, value: "https://otlp.example.com" }] }] } },
                },
              },
            },
          },
        }),
        MESSAGE,
      ],
      "a function that exports elsewhere": [
        planOf({
          type: "aws:lambda/function:Function",
          name: "coordinator",
          inputs: { environment: { variables: { [TRACES]: "https://otlp.example.com" } } },
        }),
        MESSAGE,
      ],
      "an address that a secret holds": [
        () => {
          const valueFrom = { secretKeyRef: { name: "telemetry", key: "endpoint" } };
          agentOf("coordinator", onCluster(), { container: { env: [{ name: TRACES, valueFrom }] } });
        },
        MESSAGE,
      ],
    },
  },
  { preview: "realistic" },
);
