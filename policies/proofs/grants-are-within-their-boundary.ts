import { CONTROL } from "../engine/frameworks.ts";
import { outputOf } from "../engine/output.ts";
import type { Placed, Platform } from "../engine/platform.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import type { Statement } from "../facts/policy-document.ts";
import type { Call } from "../facts/reach/permission.ts";
import { isWithinBoundary, policiesOf } from "../facts/reach/role.ts";
import { TYPE } from "../facts/resource-types.ts";

/** Without a word to anybody, AWS refuses what a role is granted and its boundary does not allow. */
export const grantsAreWithinTheirBoundary = proof({
  premise: 8,
  id: "grants-are-within-their-boundary",
  severity: "high",
  description:
    "What the policies of a role grant it, the permissions boundary of the role allows as well: each action on each resource.",
  remediation: "Name the action and the kind of resource in the boundary, or take out the grant that has no effect.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.isoAccessRights],
  prove: (platform, record) => {
    for (const role of platform.ofType(TYPE.role)) {
      if (!role.stack.isOurs || !role.resource.has("permissionsBoundary")) continue;
      for (const holder of policiesOf(platform, role)) {
        record.guarded(holder, () => {
          for (const grant of grantsOf(holder.resource)) compare(platform, { role, holder, grant }, record);
        });
      }
    }
  },
});

interface Granted {
  readonly role: Placed;
  readonly holder: Placed;
  readonly grant: Statement;
}

function compare(platform: Platform, { role, holder, grant }: Granted, record: Recorder): void {
  for (const action of grant.actions) {
    for (const resource of grant.resources) {
      record.count("granted actions on resources");
      const call: Call = { action, resource, context: contextOf(role, grant) };
      if (isWithinBoundary(platform, role, call)) continue;
      record.violated(
        holder,
        `"${holder.resource.name}" must grant nothing that its boundary does not allow: ${action}.`,
        [
          `"${role.resource.name}" is granted ${action} on ${resource}.`,
          "Its permissions boundary does not allow that, so AWS refuses it.",
        ],
      );
    }
  }
}

/** What is so of each request that the grant allows: what its conditions demand, by whom it is, and in which account. */
function contextOf(role: Placed, { conditions }: Statement): Readonly<Record<string, string | readonly string[]>> {
  const demanded = conditions
    .filter(({ operator }) => /^(?:ForAllValues:)?(?:Bool|(?:String|Arn)(?:Equals|Like))$/.test(operator))
    .map(({ key, operator, values }) => {
      const isSet = operator.startsWith("ForAllValues:");
      // A request has one value of a key that no set operator compares: each of those that are allowed is like the first.
      return [key.toLowerCase(), isSet ? values : (values[0] ?? "")] as const;
    });
  const account = role.stack.address.environment.account;
  return {
    "aws:principalarn": outputOf(role.resource, "arn"),
    "aws:resourceaccount": account,
    ...Object.fromEntries(demanded),
  };
}
