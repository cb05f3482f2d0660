import type { Placed, Platform } from "../../../engine/platform.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { isGranted, isWithinBoundary } from "../../../facts/reach/role.ts";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** Calls that a service of AWS makes as a role which a resource gives to it. */
export interface Duty {
  readonly role: Placed;
  readonly calls: readonly Call[];
  /** The names of policies of AWS that must be attached to the role. */
  readonly policies?: readonly string[];
  /** What fails without them, as a sentence. */
  readonly why: string;
}

/**
 * What the role must be given first of all that it lacks: a grant, a permissions boundary that allows a call, or a policy of AWS;
 * `undefined` where it lacks nothing.
 */
export function lackOf(platform: Platform, { role, calls, policies = [] }: Duty): string | undefined {
  for (const call of calls) {
    const what = `${call.action} on ${call.resource}`;
    if (!isGranted(platform, role, call)) return `be granted ${what}`;
    if (!isWithinBoundary(platform, role, call)) return `have a boundary that allows ${what}`;
  }
  const missing = policies.find((it) => !isAttached(platform, role, it));
  return missing && `have ${missing} attached`;
}

function isAttached(platform: Platform, { resource: role, stack }: Placed, policy: string): boolean {
  return platform
    .ofType(ATTACHMENT)
    .some(
      ({ resource: it, stack: of }) =>
        of === stack &&
        it.text("role") === role.text("name") &&
        it.text("policyArn") === `arn:aws:iam::aws:policy/${policy}`,
    );
}

/** Each of the actions on each of the resources. */
export function callsOf(
  actions: readonly string[],
  resources: readonly string[],
  context: Call["context"] = {},
): readonly Call[] {
  return resources.flatMap((resource) => actions.map((action) => ({ action, resource, context })));
}
