import { type Behaviours, arn, text, uuid } from "../behaviour.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

/** AWS WAF: a resource has at most one web ACL, and a web ACL at most one record. */
export const WAF: Behaviours = {
  [WEB_ACL]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => uuid(it),
    outputs: (it) => ({
      arn: arn("wafv2", it, `${text(it, "scope").toLowerCase()}/webacl/${text(it, "name")}/${it.id}`),
      capacity: 0,
      lockToken: uuid(it, "lock"),
    }),
    replaces: ["name", "scope"],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    unique: ["resourceArn"],
    id: (it) => `${text(it, "webAclArn")},${text(it, "resourceArn")}`,
    references: { webAclArn: WEB_ACL },
    replaces: ["resourceArn", "webAclArn"],
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    unique: ["resourceArn"],
    id: (it) => text(it, "resourceArn"),
    references: { resourceArn: WEB_ACL },
    replaces: ["resourceArn"],
  },
};
