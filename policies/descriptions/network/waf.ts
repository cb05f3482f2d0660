import type { Descriptions } from "../description.ts";
import { NAME, OWNER, TAGS } from "../reasons.ts";

const BLOCKED = "No rule says what a web ACL must block.";

/** AWS WAF. */
export const WAF: Descriptions = {
  "aws:wafv2/webAcl:WebAcl": {
    read: ["region"],
    inert: {
      description: NAME,
      name: NAME,
      tags: TAGS,
      visibilityConfig: "Which numbers it counts; samples of requests stay in the region for three hours.",
    },
    accepts: { scope: ["REGIONAL"] },
    unread: { defaultAction: BLOCKED, rules: BLOCKED },
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    read: ["region", "resourceArn"],
    unread: { webAclArn: OWNER },
  },
};
