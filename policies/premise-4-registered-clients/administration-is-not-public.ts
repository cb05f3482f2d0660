import { KEYCLOAK_CLOSED_PATHS, KEYCLOAK_SERVICE } from "../../contracts/identity/keycloak.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every, some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { isInternetFacing } from "../facts/network/load-balancers.ts";
import { TYPE } from "../facts/resource-types.ts";
import { byOutput, namersOf, type Naming, referred } from "../facts/reference.ts";

const LISTENER = "aws:lb/listener:Listener";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const FORWARDERS: Naming = {
  types: ["aws:lb/listenerRule:ListenerRule"],
  input: "actions",
  path: "actions.0.targetGroupArn",
};
const DEFAULTS: Naming = {
  types: [LISTENER],
  input: "defaultActions",
  path: "defaultActions.0.targetGroupArn",
};

export const administrationIsNotPublic = rule({
  premise: 4,
  id: "administration-is-not-public",
  severity: "critical",
  description:
    "A load balancer sends to Keycloak none of the paths of its administration, of the realm of administrators, of its metrics and its health.",
  remediation:
    "Send only the paths of realms and of their pages, and answer the closed ones by a rule of a lower priority number.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoPrivilegedAccess, CONTROL.pciNetwork],
  subjects: {
    types: ["kubernetes:eks.amazonaws.com/v1:TargetGroupBinding"],
    where: (it) =>
      it.text("metadata.namespace") === KEYCLOAK_SERVICE.namespace &&
      it.text("spec.serviceRef.name") === KEYCLOAK_SERVICE.name,
  },
  judge: [
    (it, stack) => {
      const group = groupOf(it, stack);
      const senders = group === undefined ? [] : namersOf(group, DEFAULTS, ["arn"], stack);
      return group !== undefined && every(senders, (listener) => isInternal(listener, stack))
        ? undefined
        : `"${it.name}" must be a target group of its own stack to which no public listener sends by default.`;
    },
    (it, stack) => {
      const group = groupOf(it, stack);
      const forwarders = group === undefined ? [] : namersOf(group, FORWARDERS, ["arn"], stack);
      const paths = KEYCLOAK_CLOSED_PATHS.flatMap((path) => [path, `${path}/`, `${path}/x`]);
      return every(paths, (path) =>
        every(forwarders, (sender) => isOfInternal(sender, stack) || isClosed(path, sender, stack)),
      )
        ? undefined
        : `"${it.name}" must not be sent ${KEYCLOAK_CLOSED_PATHS.join(", ")}.`;
    },
  ],
});

function groupOf(it: ResourceView, stack: StackIndex): ResourceView | undefined {
  const read = (): string | undefined => it.text("spec.targetGroupARN");
  return referred({ of: it, input: "spec", read }, byOutput(TARGET_GROUP, "arn"), stack);
}

/** Whether the listener of a rule is of a load balancer without public addresses. */
function isOfInternal(sender: ResourceView, stack: StackIndex): boolean {
  const read = (): string | undefined => sender.text("listenerArn");
  const listener = referred({ of: sender, input: "listenerArn", read }, byOutput(LISTENER, "arn"), stack);
  return listener !== undefined && isInternal(listener, stack);
}

function isInternal(listener: ResourceView, stack: StackIndex): boolean {
  const read = (): string | undefined => listener.text("loadBalancerArn");
  const balancer = referred(
    { of: listener, input: "loadBalancerArn", read },
    byOutput(TYPE.loadBalancer, "arn"),
    stack,
  );
  return balancer !== undefined && !isInternetFacing(balancer);
}

/** Whether a rule does not send a path, or one with a lower number at the same listener answers it, for the same hosts or for all. */
function isClosed(path: string, sender: ResourceView, stack: StackIndex): boolean {
  if (!takes(sender, path)) return true;
  const priority = sender.number("priority");
  return some(stack.ofType(sender.type), (other) => {
    const before = other.number("priority");
    return (
      before !== undefined &&
      (priority === undefined || before < priority) &&
      other.text("listenerArn") === sender.text("listenerArn") &&
      other.list("actions")[0]?.text("type") === "fixed-response" &&
      takes(other, path) &&
      every(other.list("conditions"), (one) => one.has("pathPattern") || isOfHosts(one, sender))
    );
  });
}

/** Whether a rule is for a path: without a pattern of paths it is for all. */
function takes(it: ResourceView, path: string): boolean {
  const patterned = it.list("conditions").filter((one) => one.has("pathPattern"));
  return every(patterned, (one) => some(one.texts("pathPattern.values"), (pattern) => matches(pattern, path)));
}

/** `*` stands for any characters and `?` for one (Elastic Load Balancing, "Path conditions"). */
function matches(pattern: string, path: string): boolean {
  const regex = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${regex}$`).test(path);
}

/** Whether a condition is one of hosts, among which are all hosts of the sender. */
function isOfHosts(condition: Value, sender: ResourceView): boolean {
  if (!condition.has("hostHeader")) return false;
  const hosts = condition.texts("hostHeader.values");
  const sent = sender.list("conditions").filter((one) => one.has("hostHeader"));
  return sent.length > 0 && every(sent, (one) => every(one.texts("hostHeader.values"), (host) => hosts.includes(host)));
}
