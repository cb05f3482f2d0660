import { UNKNOWN } from "../../../plan/model.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { UnknownValue } from "../../engine/three-values.ts";
import { isEngineProvider } from "../../facts/engine-providers.ts";

export const unknownValuesHaveAnOrigin = rule({
  premise: 8,
  id: "unknown-values-have-an-origin",
  severity: "high",
  description:
    "A value that is not known yet is an output of a resource that is judged as well; one of which nobody knows where it comes from is judged by nothing.",
  remediation: "Take the value from the output of a resource or of another stack, or write it out.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration, CONTROL.pciChange],
  subjects: { types: ["*"], where: (it) => it.resource.custom && !isEngineProvider(it.type) },
  judge: ({ resource: { inputs, propertyDependencies } }) => {
    const path = Object.keys(inputs).find(
      (it) => (propertyDependencies?.[it] ?? []).length === 0 && isPartlyUnknown(inputs[it]),
    );
    if (path !== undefined) throw new UnknownValue(`${path} (and where it comes from)`);
    return undefined;
  },
});

/** Whether a value, or one inside it, is not known. */
function isPartlyUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isPartlyUnknown);
}
