import { namespaceLogGroup } from "../../../contracts/records/container-logs.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { absent, some } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const namespacesHaveALog = rule({
  premise: 7,
  id: "namespaces-have-a-log",
  severity: "high",
  description:
    "The logs of the pods of a namespace have a group of the same stack, with a key: those of two tenants are never in one group.",
  remediation: "Declare the LogGroup /aws/containerinsights/<cluster>/namespaces/<namespace>, with `kmsKeyId`.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoLogging, CONTROL.pciAuditLogs, CONTROL.gdprSecurity],
  subjects: { types: ["kubernetes:core/v1:Namespace"] },
  judge: (it, stack) => {
    const namespace = it.text("metadata.name") ?? "";
    const isOfPods = (name: string): boolean => {
      const [, cluster = ""] = /^\/aws\/containerinsights\/([^/]+)\//.exec(name) ?? [];
      return name === namespaceLogGroup(cluster, namespace);
    };
    return some(stack.ofType(TYPE.logGroup), (group) => isOfPods(group.text("name") ?? "") && group.has("kmsKeyId"))
      ? undefined
      : absent(`"${it.name}" must have a log group of its pods, with a key.`);
  },
});
