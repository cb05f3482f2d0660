import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every, some } from "../engine/three-values.ts";
import { byOutput, namersOf, type Naming, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";

const RECORDS: Naming = {
  types: ["aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"],
  input: "resourceArn",
};

/** Headers that must not be in a record: whoever reads it could act as the caller. */
const CREDENTIALS = ["authorization", "cookie"];

export const webAclsKeepARecord = rule({
  premise: 7,
  id: "web-acls-keep-a-record",
  severity: "high",
  description: "Every request that a web ACL saw leaves a record, under a key and without the caller's credentials.",
  remediation:
    "Add a WebAclLoggingConfiguration without a filter, into a log group of the stack with a key, that redacts the headers authorization and cookie.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoLogging, CONTROL.pciAuditLogs, CONTROL.gdprMinimisation],
  subjects: { types: ["aws:wafv2/webAcl:WebAcl"] },
  judge: [
    (it, stack) =>
      some(recordsOf(it, stack), (record) => !record.has("loggingFilter") && isKept(record, stack))
        ? undefined
        : absent(`"${it.name}" must record all requests, in a log group of its own stack with a key.`),
    (it, stack) =>
      every(recordsOf(it, stack), redacts)
        ? undefined
        : `"${it.name}" must redact the headers ${CREDENTIALS.join(" and ")} in its record.`,
  ],
});

function recordsOf(it: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return namersOf(it, RECORDS, ["arn"], stack);
}

function isKept(record: ResourceView, stack: StackIndex): boolean {
  const input = "logDestinationConfigs";
  const read = (): string | undefined => record.texts(input)[0]?.replace(/:\*$/, "");
  const group = referred({ of: record, input, read }, byOutput(TYPE.logGroup, "arn"), stack);
  return group?.has("kmsKeyId") === true && (group.text("name") ?? "").startsWith("aws-waf-logs-");
}

function redacts(record: ResourceView): boolean {
  const redacted = record.list("redactedFields").map((it) => it.text("singleHeader.name")?.toLowerCase());
  return CREDENTIALS.every((it) => redacted.includes(it));
}
