import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { neededSettings } from "../../facts/settings/needed-settings.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { confusedSettings, FORMS } from "../../facts/settings/setting-forms.ts";
import { settingsOf } from "../../facts/workloads.ts";

export const workloadsAreToldWhatTheyRead = rule({
  premise: 2,
  id: "workloads-are-told-what-they-read",
  severity: "high",
  description:
    "A workload is given every variable that its code reads, each of the form that the code takes, and no two stores, queues or keys by one name.",
  remediation: "Give it each variable of its contract by the output of the resource that it names.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  subjects: {
    types: [TYPE.runtime, TYPE.function, TYPE.deployment],
    where: (it, stack) => stack.isOurs && (settingsOf(it).length > 0 || neededSettings(it).length > 0),
  },
  judge: [
    (it) => {
      const given = new Set(settingsOf(it).map(({ name }) => name));
      return neededSettings(it)
        .filter((name) => !given.has(name))
        .map((name) => `"${it.name}" must be given ${name}, which its code reads.`);
    },
    (it, stack) =>
      settingsOf(it)
        .filter(({ name, read }) => FORMS[name]?.(read() ?? "", it, stack) === false)
        .map(({ name }) => `"${it.name}" must be given ${name} as its code takes it.`),
    (it) =>
      confusedSettings(it).map((name) => `"${it.name}" must be given ${name} apart from what it has another name for.`),
  ],
});
