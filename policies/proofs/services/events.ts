import { outputOf } from "../../engine/output.ts";
import { lookupInAll } from "../../engine/lookup.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { callOn, type Deed, keyDeeds, onBehalfOf } from "./deed.ts";

const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";

/** EventBridge sends events to queues as their policies let it (Amazon EventBridge user guide, "Using resource-based policies"). */
export function eventDeeds(platform: Platform): readonly Deed[] {
  const targets = platform.ofType("aws:cloudwatch/eventTarget:EventTarget");
  const archives = platform.ofType("aws:cloudwatch/eventArchive:EventArchive");
  return [...targets.flatMap((it) => sending(platform, it)), ...archives.flatMap((it) => keeping(platform, it))];
}

/** An archive is encrypted for the bus that it is of (EventBridge user guide, "Encrypting EventBridge archives with AWS KMS keys"). */
function keeping(platform: Platform, { resource: archive }: Placed): readonly Deed[] {
  const bus = archive.text("eventSourceArn") ?? "";
  return keyDeeds(platform, archive.text("kmsKeyIdentifier"), {
    who: "events.amazonaws.com",
    actions: ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
    context: { "kms:encryptioncontext:aws:events:event-bus:arn": bus },
    why: `"${archive.name}" keeps what is said`,
  });
}

function sending(platform: Platform, { resource: target, stack }: Placed): readonly Deed[] {
  const arn = target.text("arn") ?? "";
  const queue = platform.ofArn(arn);
  const rule = stack.ofType("aws:cloudwatch/eventRule:EventRule").find((it) => it.text("name") === target.text("rule"));
  if (queue?.resource.type !== QUEUE || rule === undefined) return [];
  const url = outputOf(queue.resource, "url");
  const policy = policies(platform).find(url)[0];
  const statements = policy === undefined ? [] : statementsOf(policy.resource, "policy").filter((it) => it.allows);
  const calls = [callOn("sqs:SendMessage", arn, onBehalfOf(outputOf(rule, "arn")))];
  const why = `"${rule.name}" sends events to "${queue.resource.name}"`;
  return [{ who: "events.amazonaws.com", calls, at: policy ?? queue, statements, why }];
}

const policies = lookupInAll([QUEUE_POLICY], ({ resource }) => resource.text("queueUrl"));
