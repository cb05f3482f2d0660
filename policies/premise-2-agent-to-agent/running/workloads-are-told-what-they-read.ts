import { isRecord } from "../../../contracts/json.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { absent } from "../../engine/three-values.ts";
import { bundleOf } from "../../facts/bundle.ts";
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
    types: [TYPE.runtime, TYPE.function, TYPE.deployment, TYPE.statefulSet],
    where: (it, stack) => stack.isOurs && (settingsOf(it).length > 0 || neededSettings(it, stack).length > 0),
  },
  judge: [
    (it, stack) => {
      const given = new Set(settingsOf(it).map(({ name }) => name));
      return neededSettings(it, stack)
        .filter((name) => !given.has(name))
        .map((name) => `"${it.name}" must be given ${name}, which its code reads.`);
    },
    (it, stack) =>
      settingsOf(it)
        .filter(({ name, read }) => FORMS[name]?.(read() ?? "", it, stack) === false)
        // What a value names may have yet to be registered.
        .map(({ name }) => absent(`"${it.name}" must be given ${name} as its code takes it.`)),
    (it) =>
      bundleOf(it) !== "gateway-interceptor" || isCatalogue(it.at("code.assets", "catalogue.json"))
        ? undefined
        : `"${it.name}" must be given the catalogue of its gateway's servers and tools.`,
    (it) =>
      confusedSettings(it).map((name) => `"${it.name}" must be given ${name} apart from what it has another name for.`),
  ],
});

/** Whether an asset is a text that names the servers of a gateway and their tools. */
function isCatalogue(asset: unknown): boolean {
  const text = isRecord(asset) ? asset["text"] : undefined;
  try {
    const value: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
    return isRecord(value) && isRecord(value["servers"]) && isRecord(value["tools"]);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
