import type { ResourceView } from "../../engine/resource-view.ts";

/** Types that are told from other stacks' by a name, and the ARN that theirs gives; `undefined` where the type's default decides. */
const ARNS: Readonly<Record<string, (it: ResourceView, account: string) => string>> = {
  "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine": (it, account) =>
    `arn:aws:bedrock-agentcore:x:${account}:policy-engine/${it.text("name") ?? ""}-x`,
  "aws:cloudwatch/eventArchive:EventArchive": (it, account) =>
    `arn:aws:events:x:${account}:archive/${it.text("name") ?? ""}`,
  "aws:cloudwatch/dashboard:Dashboard": (it, account) =>
    `arn:aws:cloudwatch::${account}:dashboard/${it.text("dashboardName") ?? ""}`,
  "aws:iam/role:Role": (it, account) => `arn:aws:iam::${account}:role${it.text("path") ?? "/"}x`,
  "aws:kms/alias:Alias": (it, account) => `arn:aws:kms:x:${account}:${it.text("name") ?? ""}`,
  "aws:s3/bucket:Bucket": (it) => `arn:aws:s3:::${it.text("bucket") ?? ""}`,
};

/** The types that have a name by which they are told from other stacks'. */
export const NAMED_TYPES: readonly string[] = Object.keys(ARNS);

/** The ARN of something that has a name; its region and its id are `x`. Throws `UnknownValue`. */
export function arnByName(it: ResourceView, account: string): string {
  return ARNS[it.type]?.(it, account) ?? "";
}
