import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { TYPE } from "../facts/resource-types.ts";
import { SETTINGS, TOGETHER } from "../facts/settings/settings.ts";
import { settingsOf } from "../facts/workloads.ts";

export const settingsAreOfTheStack = rule({
  premise: 1,
  id: "settings-are-of-the-stack",
  severity: "critical",
  description:
    "Whom a service trusts, for which tenant it works and what it reads and writes are the stack's own: issuers, keys, stores and gateways.",
  remediation: "Give the setting by the output of the resource that it names, and all settings that the service needs.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoConfiguration, CONTROL.gdprByDesign],
  subjects: {
    types: [TYPE.runtime, TYPE.function, TYPE.deployment],
    where: (it, stack) => stack.tenant !== undefined && settingsOf(it).length > 0,
  },
  judge: [
    (it, stack) =>
      settingsOf(it).flatMap(({ name, read }) => {
        const check = SETTINGS[name];
        if (check === undefined || check(read() ?? "", it, stack)) return [];
        return [`"${it.name}" must be given ${name} as the stack has it.`];
      }),
    (it) => {
      const given = new Set(settingsOf(it).map(({ name }) => name));
      const missing = TOGETHER.filter((all) => all.filter((name) => given.has(name)).length > all.length / 2).flat();
      return [...new Set(missing)]
        .filter((name) => !given.has(name))
        .map((name) => `"${it.name}" must be given ${name}.`);
    },
  ],
});
