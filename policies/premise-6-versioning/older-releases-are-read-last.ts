import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { some } from "../engine/three-values.ts";
import { TYPE } from "../facts/resource-types.ts";
import { isNewer } from "../facts/versions.ts";
import { isCandidate } from "../facts/workloads.ts";

const PRIORITY = "targetConfiguration.mcp.mcpServer.resourcePriority";

/** The largest number that AgentCore accepts (TargetResourcePriority of CreateGatewayTarget), and the one of a target that names none. */
const MOST = 1_000;

export const olderReleasesAreReadLast = rule({
  premise: 6,
  id: "older-releases-are-read-last",
  severity: "high",
  description:
    "Of the releases that offer the same resource, a gateway reads the newest: the lowest number is read first, and a candidate last.",
  remediation: `Set \`${PRIORITY}\` from 0 to ${MOST}, lower for newer releases.`,
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  subjects: { types: [TYPE.gatewayTarget], where: (it) => it.has("targetConfiguration.mcp.mcpServer") },
  judge: [
    (it) => {
      const priority = priorityOf(it);
      const isAccepted = Number.isInteger(priority) && priority >= 0 && priority <= MOST;
      return isAccepted ? undefined : `"${it.name}" must have a resource priority from 0 to ${MOST}.`;
    },
    (it, stack) =>
      some(newerBeside(it, stack), (newer) => priorityOf(newer) >= priorityOf(it))
        ? `"${it.name}" must be read after each newer release of its service: it needs the higher number.`
        : undefined,
  ],
});

function priorityOf(it: ResourceView): number {
  return it.has(PRIORITY) ? (it.number(PRIORITY) ?? NaN) : MOST;
}

/** The targets of the same gateway with a release of the same service that is to be read before this one's. */
function newerBeside(it: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const runtime = runtimeOf(it, stack);
  if (runtime === undefined) return [];
  return stack
    .linked(it, "gatewayIdentifier")
    .flatMap((gateway) => stack.referrers(gateway, TYPE.gatewayTarget, "gatewayIdentifier"))
    .filter((other) => {
      const beside = runtimeOf(other, stack);
      return (
        beside !== undefined && beside.tag(TAG.service) === runtime.tag(TAG.service) && comesFirst(beside, runtime)
      );
    });
}

function comesFirst(one: ResourceView, other: ResourceView): boolean {
  if (isCandidate(one) || isCandidate(other)) return isCandidate(other) && !isCandidate(one);
  return isNewer(one.tag(TAG.version), other.tag(TAG.version));
}

function runtimeOf(target: ResourceView, stack: StackIndex): ResourceView | undefined {
  const linked = stack.linked(target, "targetConfiguration");
  const endpoints = linked.filter(({ type }) => type === TYPE.endpoint);
  return [...linked, ...endpoints.flatMap((it) => stack.linked(it, "agentRuntimeId"))].find(
    ({ type }) => type === TYPE.runtime,
  );
}
