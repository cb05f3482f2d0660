import { type Behaviours, type Draft, alphanumeric, arn, hex, text } from "./behaviour.ts";

const ROLE = "aws:iam/role:Role";

/** IAM: names are unique per account, and ids are names. */
export const IAM: Behaviours = {
  [ROLE]: {
    global: true,
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    outputs: (it) => ({
      arn: arn("iam", it, `role${pathOf(text(it, "path"))}${it.id}`),
      uniqueId: `AROA${alphanumeric(it, 17).toUpperCase()}`,
      createDate: "2026-01-01T00:00:00Z",
    }),
    defaults: () => ({ path: "/", maxSessionDuration: 3600, forceDetachPolicies: false }),
    replaces: ["name", "namePrefix", "path"],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    global: true,
    autoname: "name",
    id: (it) => `${text(it, "role")}:${text(it, "name")}`,
    references: { role: ROLE },
    replaces: ["name", "role"],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    global: true,
    id: (it) => `${text(it, "role")}/${text(it, "policyArn")}`,
    references: { role: ROLE },
    replaces: ["policyArn", "role"],
  },
  "aws:iam/policy:Policy": {
    global: true,
    autoname: "name",
    unique: ["name"],
    id: (it) => arn("iam", it, `policy${pathOf(text(it, "path"))}${text(it, "name")}`),
    outputs: (it) => ({ arn: it.id, policyId: `ANPA${alphanumeric(it, 17).toUpperCase()}`, attachmentCount: 0 }),
    defaults: () => ({ path: "/" }),
    replaces: ["name", "namePrefix", "path", "description"],
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    global: true,
    unique: ["awsServiceName"],
    id: (it) => arn("iam", it, `role/aws-service-role/${text(it, "awsServiceName")}/${serviceRoleName(it)}`),
    outputs: (it) => ({ arn: it.id, name: serviceRoleName(it) }),
    replaces: ["awsServiceName"],
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    global: true,
    unique: ["url"],
    id: (it) => arn("iam", it, `oidc-provider/${text(it, "url").replace("https://", "")}`),
    outputs: (it) => ({ arn: it.id, thumbprintLists: it.inputs["thumbprintLists"] ?? [hex(it, 40)] }),
    replaces: ["url"],
  },
};

/** The name that AWS gives the role of a service of one word, such as `config.amazonaws.com`. */
function serviceRoleName(it: Draft): string {
  const [first = ""] = text(it, "awsServiceName").split(".");
  return `AWSServiceRoleFor${first.charAt(0).toUpperCase()}${first.slice(1)}`;
}

function pathOf(path: string): string {
  return path === "" ? "/" : path;
}
