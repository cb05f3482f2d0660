import { type Arn, parseArn } from "../arn.ts";
import { hasVariable, isPattern } from "./language/patterns.ts";

/** Services whose ARNs name no resource type before the resource's name. */
const WITHOUT_TYPE = ["sns", "sqs"];

/** Resources whose ARNs end in a random text after their name and a hyphen. */
const WITH_SUFFIX: Readonly<Record<string, RegExp>> = {
  // AWS Backup names a recovery point by a random id alone; the key that it is under says whose it is.
  backup: /^recovery-point:$/,
  // AWS Backup names a restored copy by a random id; it is for the time of a test, and for the role of the restore.
  dynamodb: /^table\/awsbackup-restore-test-$/,
  rds: /^cluster:awsbackup-restore-test-$|^cluster-pg:default\.$/,
  "bedrock-agentcore": /^[\w-]+\/[\w-]*\w-$/,
  secretsmanager: /^secret:.*[^/]-$/,
  // AgentCore names the group of a runtime's logs after the id of the runtime.
  logs: /^log-group:\/aws\/bedrock-agentcore\/runtimes\/\w+-$/,
};

/**
 * Whether an ARN names one resource or what is below it: its account is written out, and the first wildcard comes after a whole name.
 * A region may be a wildcard where there is no account, as in the ARNs of Bedrock's models.
 */
export function namesOneResource(text: string): boolean {
  const arn = parseArn(text);
  if (arn === undefined || !namesOnePlace(arn) || hasVariable(text)) return false;
  const [head = ""] = arn.resource.split(/[*?]/, 1);
  return head === arn.resource || isWholeName(head, arn.service);
}

function namesOnePlace({ service, region, account }: Arn): boolean {
  return !isPattern(service) && !isPattern(account) && (!isPattern(region) || account === "");
}

/** Whether what stands before the first wildcard is a type and a whole name. */
function isWholeName(head: string, service: string): boolean {
  if (service === "s3") return head.includes("/");
  const segments = head.split(/[/:]/).filter((it) => it !== "").length;
  const isWhole = /[/:]$/.test(head) && segments >= (WITHOUT_TYPE.includes(service) ? 1 : 2);
  return isWhole || (WITH_SUFFIX[service]?.test(head) ?? false);
}
