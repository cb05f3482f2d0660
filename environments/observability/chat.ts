import type { Region, Residency } from "../residency.ts";

/** A channel of Slack in which alerts are told, by the ids that Slack shows of it. */
export interface ChatChannelSettings {
  readonly workspace: string;
  readonly channel: string;
}

/** The most that may be done from a channel, whatever a role is granted. */
export const CHAT_GUARD_RAIL = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess";

/**
 * Through which region of a residency Amazon Q Developer in chat applications is configured (AWS General Reference, "Amazon Q Developer in
 * chat applications endpoints and quotas"). Brazil has none: alerts of a Brazilian region go by e-mail alone.
 */
export const CHAT_ENDPOINTS: Partial<Readonly<Record<Residency, Region>>> = {
  us: "us-west-2",
  eu: "eu-west-1",
  apac: "ap-southeast-1",
};
