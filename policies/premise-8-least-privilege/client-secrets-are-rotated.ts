import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { type Fault, rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { TYPE } from "../facts/resource-types.ts";
import { ROTATOR, SECRET_STEPS } from "../facts/rotation.ts";

/** The longest that a secret may be the current one. */
const MOST_DAYS = 90;

export const clientSecretsAreRotated = rule({
  premise: 8,
  id: "client-secrets-are-rotated",
  severity: "high",
  description:
    "The secret of a machine's client is changed by a function that Secrets Manager may call and that may do it, so that a secret that leaks is soon worth nothing.",
  remediation: `Give the secret an \`aws.secretsmanager.SecretRotation\` of at most ${MOST_DAYS} days, as \`SecretRotation\` in components/identity does.`,
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.secret], where: (it, stack) => isOfClient(it, stack) },
  judge: [
    scheduled,
    admitted,
    ...SECRET_STEPS.map((action) => (it: ResourceView, stack: StackIndex) => granted(it, action, stack)),
  ],
});

/** A secret that a function is told of together with a client of a user pool. */
function isOfClient(secret: ResourceView, stack: StackIndex): boolean {
  return stack
    .referrers(secret, TYPE.function, "environment")
    .some((it) => stack.linked(it, "environment").some(({ type }) => type === TYPE.userPoolClient));
}

function scheduled(secret: ResourceView, stack: StackIndex): Fault {
  const rotations = stack.referrers(secret, TYPE.secretRotation, "secretId");
  const isTimely = some(rotations, (it) => {
    const days = it.number("rotationRules.automaticallyAfterDays");
    return days !== undefined && days >= 1 && days <= MOST_DAYS && it.flag("rotationEnabled") !== false;
  });
  return isTimely ? undefined : absent(`"${secret.name}" must be rotated at least every ${MOST_DAYS} days.`);
}

function admitted(secret: ResourceView, stack: StackIndex): Fault {
  const isAdmitted = some(functionsOf(secret, stack), (rotates) =>
    some(
      stack.referrers(rotates, TYPE.lambdaPermission, "function"),
      (it) =>
        it.text("principal") === ROTATOR &&
        it.text("action") === "lambda:InvokeFunction" &&
        stack.linked(it, "sourceArn").includes(secret),
    ),
  );
  return isAdmitted
    ? undefined
    : absent(`"${secret.name}" must be rotated by a function that Secrets Manager may call for it.`);
}

function granted(secret: ResourceView, action: string, stack: StackIndex): Fault {
  const policies = functionsOf(secret, stack)
    .flatMap((it) => stack.linked(it, "role"))
    .flatMap((role) => stack.referrers(role, TYPE.rolePolicy, "role"));
  const isGranted = some(stack.referrers(secret, TYPE.secretRotation, "secretId"), (rotation) =>
    some(policies, (policy) =>
      some(
        grantsOf(policy),
        (it) => it.covers(action) && !it.isInverted && it.resources.some((on) => on === rotation.text("secretId")),
      ),
    ),
  );
  return isGranted ? undefined : absent(`"${secret.name}" must be rotated by a function that may ${action} on it.`);
}

/** The functions that rotate a secret and are told of it. */
function functionsOf(secret: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return stack
    .referrers(secret, TYPE.secretRotation, "secretId")
    .flatMap((it) => stack.linked(it, "rotationLambdaArn"))
    .filter((it) => it.type === TYPE.function && stack.linked(it, "environment").includes(secret));
}
