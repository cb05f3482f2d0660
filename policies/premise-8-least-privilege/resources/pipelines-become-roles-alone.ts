import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent } from "../../engine/three-values.ts";
import { grantsOf } from "../../facts/grants/documents.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { byOutput, referenceOf, referred } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";

const SIGN_IN = "sts:AssumeRoleWithWebIdentity";
const BECOME = "sts:AssumeRole";

export const pipelinesBecomeRolesAlone = rule({
  premise: 8,
  id: "pipelines-become-roles-alone",
  severity: "high",
  description:
    "Whoever signs in by an issuer of tokens, such as a pipeline, becomes a role that may become the account's execution roles, and may do nothing else.",
  remediation: `Trust the issuer in one role, and grant that role ${BECOME} on role/alicerce/execution/* of the account alone.`,
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.isoAccessRights],
  subjects: { types: ["aws:iam/openIdConnectProvider:OpenIdConnectProvider"], where: (_, stack) => stack.isOurs },
  judge: (it, stack) => {
    const roles = stack.ofType(TYPE.role).filter((role) => signsIn(role, it));
    if (roles.length === 0) return absent(`"${it.name}" must be trusted by a role.`);
    return roles.map((role) => {
      const grants = grantsFor(role, stack);
      if (grants.length === 0) return absent(`"${role.name}" must be granted ${BECOME} on the execution roles.`);
      return grants.every((grant) => isOnExecutionRoles(grant, stack))
        ? undefined
        : `"${role.name}" must be granted nothing but ${BECOME} on the execution roles.`;
    });
  },
});

/** ARNs of issuers end in their address (IAM user guide, "Create an OpenID Connect identity provider"). */
function signsIn(role: ResourceView, issuer: ResourceView): boolean {
  const address = issuer.text("url")?.replace(/^https:\/\//, "") ?? "";
  return grantsOf(role, "trust").some(
    (it) => it.covers(SIGN_IN) && it.principals.some(({ id }) => id.endsWith(`:oidc-provider/${address}`)),
  );
}

function grantsFor(role: ResourceView, stack: StackIndex): readonly Statement[] {
  const policies = stack
    .ofType(TYPE.rolePolicy)
    .filter((it) => referred(referenceOf(it, "role"), byOutput(TYPE.role, "name"), stack) === role);
  return [role, ...policies].flatMap((it) => grantsOf(it));
}

function isOnExecutionRoles({ actions, isInverted, resources }: Statement, { address }: StackIndex): boolean {
  const all = `arn:aws:iam::${address.environment.account}:role/alicerce/execution/`;
  const areRight = actions.length > 0 && actions.every((it) => it === BECOME);
  return !isInverted && areRight && resources.length > 0 && resources.every((it) => it.startsWith(all));
}
