import { KIND, TAG } from "../../../contracts/tags.ts";
import { agentsSpeakA2a } from "../../../policies/premise-2-agent-to-agent/agents-speak-a2a.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, runtimeOf, served } from "../programs.ts";

const AGENT = { [TAG.kind]: KIND.agent };
/** A Deployment with the port a2a, and what its readiness probe asks. */
function asked(port: string | number | undefined): void {
  const probe = port !== undefined && { readinessProbe: { httpGet: { path: "/ping", port } } };
  agentOf("coordinator", onCluster(), { container: { ports: [{ name: "a2a", containerPort: 9000 }], ...probe } });
}

const MESSAGE = '"coordinator" must serve A2A.';

testRule(
  agentsSpeakA2a,
  {
    accepts: {
      "a runtime with the protocol A2A": () =>
        void runtimeOf("coordinator", served(), { tags: AGENT, protocolConfiguration: { serverProtocol: "A2A" } }),
      "a Deployment that is ready once the port a2a answers": () => asked("a2a"),
      "a Deployment that is ready once that port answers, by its number": () => asked(9000),
    },
    rejects: {
      "a runtime without a protocol": [() => void runtimeOf("coordinator", served(), { tags: AGENT }), MESSAGE],
      "an agent that serves MCP": [
        () =>
          void runtimeOf("coordinator", served(), { tags: AGENT, protocolConfiguration: { serverProtocol: "MCP" } }),
        MESSAGE,
      ],
      "a Deployment that is ready before anything answers": [() => asked(undefined), MESSAGE],
      "a Deployment that is ready once something else answers": [() => asked(8080), MESSAGE],
      "a Deployment without ports": [() => void agentOf("coordinator", onCluster()), MESSAGE],
      "a Deployment with another port": [
        () => void agentOf("coordinator", onCluster(), { container: { ports: [{ name: "a2a", containerPort: 80 }] } }),
        MESSAGE,
      ],
      "a Deployment that does not say what it is": [
        () => void agentOf("coordinator", onCluster(), { labels: {} }),
        MESSAGE,
      ],
    },
    ignores: { "an MCP server": () => void runtimeOf("database", served()) },
  },
  { preview: "realistic" },
);
