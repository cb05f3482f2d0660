import { DESCRIPTIONS } from "../descriptions/descriptions.ts";
import { unset } from "../descriptions/unset.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";

export const unsafeDefaultsAreReplaced = rule({
  premise: 6,
  id: "unsafe-defaults-are-replaced",
  severity: "critical",
  description:
    "What a provider's version chooses by itself is not relied on where it may be wider than what is understood.",
  remediation: "Set the property to a value that `policies/descriptions/` accepts.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration, CONTROL.pciChange],
  subjects: { types: [...DESCRIPTIONS].filter(([, it]) => it.needs !== undefined).map(([type]) => type) },
  judge: ({ name, resource: { inputs, type } }) =>
    unset(type, inputs).map((path) => `"${name}" must set ${path}: its default may be wider than what is understood.`),
});
