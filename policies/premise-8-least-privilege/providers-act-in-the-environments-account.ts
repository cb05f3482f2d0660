import { CONTROL } from "../engine/frameworks.ts";
import { executionRoleOf } from "../facts/execution/execution-roles.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { Value } from "../engine/value.ts";

/** Where AWS has what is once for an account: names, costs, and the key that signs names. */
const GLOBAL = "us-east-1";

export const providersActInTheEnvironmentsAccount = rule({
  premise: 8,
  id: "providers-act-in-the-environments-account",
  severity: "critical",
  description:
    "With whichever credentials a deployment runs, it changes only what is in the account of its own environment.",
  remediation:
    "Set `allowedAccountIds` of the provider to the environment's account, and give each resource that provider.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.soc2Change],
  subjects: { types: [TYPE.awsProvider], where: (_, stack) => stack.isOurs },
  judge: [
    (it, stack) => {
      const { account } = stack.address.environment;
      const allowed = listIn(it, "allowedAccountIds");
      return allowed.length > 0 && every(allowed, (each) => each.text() === account)
        ? undefined
        : `"${it.name}" must act in the account ${account} only.`;
    },
    (it, stack) => {
      const { environment, layer } = stack.address;
      // Where a region's or a tenant's provider acts, its residency says.
      const regions = [...Object.keys(environment.regions), GLOBAL];
      return layer !== "environment" || regions.includes(it.text("region") ?? "")
        ? undefined
        : `"${it.name}" must act in a region of the environment, or in ${GLOBAL}.`;
    },
    (it, stack) => {
      if (!it.has("assumeRoles")) return undefined;
      const roles = listIn(it, "assumeRoles");
      const own = executionRoleOf(stack);
      return roles.length === 1 && every(roles, (each) => each.text("roleArn") === own)
        ? undefined
        : `"${it.name}" must act as no role but that of its stack.`;
    },
  ],
});

/** The members of a list in a provider's configuration, which reaches the wire as JSON text. */
function listIn(provider: ResourceView, input: string): readonly Value[] {
  const value = provider.at(input);
  return new Value(typeof value === "string" ? parse(value) : value, input).list();
}

function parse(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
