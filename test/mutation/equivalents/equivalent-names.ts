import type { Equivalent } from "./equivalent.ts";
import type { Mutant } from "../mutant.ts";

/** Kinds of resources whose names nobody writes down. */
const TAKEN_FROM_ANSWERS = new Set([
  "AgentToken/Secret",
  "ChatChannel/Role",
  "DatabaseSetup/Secret",
  "FlowLogs/LogGroup",
  "MachineIdentity/Secret",
  "QueryLogs/LogGroup",
  "RealmKeeper/Secret",
  "WebAcl/LogGroup",
  "WorkQueue/Queue",
]);

/** Names and texts that mean nothing to AWS, Kubernetes and Keycloak. */
export const EQUIVALENT_NAMES: readonly Equivalent[] = [
  {
    reason: "A text for people; one that is left out is found.",
    covers: ({ operator, plain }) => /(?:^|\.)description$/.test(plain) && operator !== "leftOut",
  },
  {
    reason: "The title of a query of an alarm, for people.",
    covers: ({ operator, plain }) => plain === "metricQueries.label" && ["cut", "leftOut"].includes(operator),
  },
  {
    reason: "A name of a key for people: whatever uses the key names its ARN.",
    covers: ({ operator, type }) => type === "aws:kms/alias:Alias" && ["leftOut", "otherStack"].includes(operator),
  },
  {
    reason:
      "Another name of a queue, a secret, a log group, a role or a last snapshot: all that use it take name, URL and ARN from what AWS answers.",
    covers: ({ kind, operator, plain }) =>
      (plain === "name" && operator === "cut" && TAKEN_FROM_ANSWERS.has(kind)) ||
      (plain === "name" && operator === "leftOut" && kind === "ChatChannel/Role") ||
      (plain === "finalSnapshotIdentifier" && operator === "cut"),
  },
  {
    reason: "The name of another resource of the type: the cloud refuses the second one.",
    covers: ({ operator, plain }) => operator === "sibling" && plain === "name",
  },
  {
    reason: "The name of a port that Services and probes name by its number.",
    covers: ({ operator, plain, type }) =>
      type.endsWith(":StatefulSet") && plain.endsWith("containers.ports.name") && ["cut", "leftOut"].includes(operator),
  },
  {
    reason:
      "A name to which nothing refers, since labels choose the pods: network policies of a namespace hold together, and what has no name is given one.",
    covers: ({ operator, plain, type }) =>
      plain === "metadata.name" &&
      /:(?:NetworkPolicy|ApplicationNetworkPolicy|StatefulSet)$/.test(type) &&
      ["cut", "leftOut", "sibling"].includes(operator),
  },
  {
    reason: "The id of the one query of an alarm, which nothing else names.",
    covers: (it) => it.operator === "cut" && it.plain === "metricQueries.id" && queriesOf(it).length === 1,
  },
  {
    reason: "The name of a rule of a web ACL, which nothing else names.",
    covers: ({ operator, plain, type }) =>
      type === "aws:wafv2/webAcl:WebAcl" && plain === "rules.name" && operator === "cut",
  },
];

/** The queries of the alarm that is changed. */
function queriesOf({ plans, urn }: Mutant): readonly unknown[] {
  const [alarm] = plans().flatMap(({ resources }) => resources.filter((it) => it.urn === urn));
  return [alarm?.inputs["metricQueries"]].flat();
}
