import { calledBy } from "../../../contracts/agents/names.ts";
import { TAG } from "../../../contracts/tags.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { hostOf, networkPoliciesOf, objectOf, podOf } from "../../facts/reach/host.ts";
import { passes, type Pod } from "../../facts/reach/network-policy.ts";
import { A2A_PORT, containersOf } from "../../facts/workloads.ts";
import { agentsOnEks, agentsOnRuntime } from "./checks/agents.ts";
import { signsFor, takesCallsOf } from "./checks/runtime-calls.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

const SERVICE = "kubernetes:core/v1:Service";
const PORT = { protocol: "TCP", number: A2A_PORT.number } as const;

/**
 * AWS judges what a pod sends before the address of a Service becomes that of a pod, and opens a Service's address only where the policy's
 * selector matches the Service's own selector (aws/amazon-network-policy-controller-k8s, pkg/resolvers/endpoints.go).
 */
export const agentsReachEachOther = proof({
  premise: 2,
  id: "agents-reach-each-other",
  severity: "high",
  description:
    "Every agent reaches each other agent of its tenant through its Service, as AWS enforces network policies; on AgentCore Runtime, those that it calls, as its role.",
  remediation:
    "Let Services of agents select their kind as well, and give them a number as `targetPort`; tell a runtime those that it calls, and let it invoke them.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    const reach = "agents-reach-each-other";
    for (const [from, to] of pairs(agentsOnEks(platform))) walk(record, reach, from, checksOf(platform, from, to));
    for (const [from, to] of pairs(agentsOnRuntime(platform)))
      if (calledBy(serviceNameOf(from)).includes(serviceNameOf(to)))
        walk(record, reach, from, runtimeChecksOf(platform, from, to));
  },
});

/** Each agent with each other one of its stack. */
function pairs(all: readonly Placed[]): readonly (readonly [from: Placed, to: Placed])[] {
  const together = Map.groupBy(all, ({ stack }) => stack);
  return [...together.values()].flatMap((own) =>
    own.flatMap((from) => own.filter((to) => to !== from).map((to) => [from, to] as const)),
  );
}

function checksOf(platform: Platform, from: Placed, to: Placed): HopChecks<"agents-reach-each-other"> {
  const service = () => serviceOf(to);
  const names = `"${from.resource.name}"`;
  return {
    service: () =>
      cutUnless(
        service() !== undefined,
        to,
        `"${to.resource.name}" must have a Service on port ${PORT.number} with the number ${PORT.number} as targetPort.`,
      ),
    egress: () => {
      const found = service();
      if (found === undefined) return undefined;
      const passed = passes(networkPoliciesOf(platform, from), "egress", {
        pod: podOf(from),
        peer: { pod: selectedBy(found) },
        port: PORT,
      });
      const mend = `"${found.resource.name}" must select labels by which a network policy lets ${names} out to it.`;
      return cutUnless(passed, found, mend);
    },
    ingress: () => {
      const passed = passes(networkPoliciesOf(platform, to), "ingress", {
        pod: podOf(to),
        peer: { pod: podOf(from) },
        port: PORT,
      });
      return cutUnless(passed, to, `The pods of "${to.resource.name}" must admit ${names} on TCP ${PORT.number}.`);
    },
  };
}

/** By which name others know an agent. */
const serviceNameOf = ({ resource }: Placed): string => resource.tag(TAG.service) ?? "";

function runtimeChecksOf(platform: Platform, from: Placed, to: Placed): HopChecks<"agents-reach-each-other"> {
  const host = hostOf(platform, from);
  return {
    service: () =>
      cutUnless(
        objectOf(host, "AGENT_URLS")[serviceNameOf(to)] === outputOf(to.resource, "agentRuntimeArn"),
        from,
        `"${from.resource.name}" must be told of "${to.resource.name}".`,
      ),
    egress: () => signsFor(platform, host, to),
    ingress: () => takesCallsOf(platform, host, to),
  };
}

/** What AWS compares with the selectors of network policies before it opens a Service's address. */
function selectedBy({ resource: it }: Placed): Pod {
  const labels = it.entries("spec.selector").map(([key, value]) => [key, value.text() ?? ""] as const);
  return { namespace: it.text("metadata.namespace") ?? "default", labels: Object.fromEntries(labels) };
}

function serviceOf(to: Placed): Placed | undefined {
  const pod = podOf(to);
  const services = to.stack.ofType(SERVICE).map((resource) => ({ resource, stack: to.stack }));
  return services.find((it) => {
    if (!some(it.resource.list("spec.ports"), (port) => leadsTo(port, to))) return false;
    const { namespace, labels } = selectedBy(it);
    const wanted = Object.entries(labels);
    return (
      namespace === pod.namespace && wanted.length > 0 && wanted.every(([key, value]) => pod.labels[key] === value)
    );
  });
}

/** Whether a port of a Service leads to A2A: a name as `targetPort` may mean another number in another pod, so AWS does not follow it. */
function leadsTo(port: Value, { resource }: Placed): boolean {
  const serves = containersOf(resource).some((it) =>
    some(it.list("ports"), (of) => of.number("containerPort") === PORT.number),
  );
  return (
    serves &&
    port.number("port") === PORT.number &&
    port.number("targetPort") === PORT.number &&
    (port.text("protocol") ?? "TCP") === "TCP"
  );
}
