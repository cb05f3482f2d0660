import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { Value } from "../engine/value.ts";

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
  judge: (it, stack) => {
    const { account } = stack.address.environment;
    const allowed = accountsOf(it);
    return allowed.length > 0 && every(allowed, (each) => each.text() === account)
      ? undefined
      : `"${it.name}" must act in the account ${account} only.`;
  },
});

/** The accounts that a provider may act in, which reach the wire as JSON text. */
function accountsOf(provider: ResourceView): readonly Value[] {
  const value = provider.at("allowedAccountIds");
  return new Value(typeof value === "string" ? parse(value) : value, "allowedAccountIds").list();
}

function parse(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
