import { CONTROL } from "../engine/frameworks.ts";
import { documentsOf, typesWith } from "../facts/grants/documents.ts";
import { UnreadableDocument } from "../engine/unreadable-document.ts";
import { rule } from "../engine/rule.ts";

export const policyDocumentsAreUnderstood = rule({
  premise: 8,
  id: "policy-documents-are-understood",
  severity: "critical",
  description: "Every policy document can be read in one way only, so that what it grants is what was judged.",
  remediation: "Write it as IAM's grammar has it: JSON without repeated keys, with elements that IAM knows.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: {
    types: [...new Set((["identity", "trust", "resource", "endpoint"] as const).flatMap(typesWith))],
    where: (it) => documentsOf(it).length > 0,
  },
  judge: (it) =>
    documentsOf(it).map((document) => {
      try {
        for (const statement of document.statements) statement.readAll();
        return undefined;
      } catch (error) {
        if (!(error instanceof UnreadableDocument)) throw error;
        return `"${it.name}" must hold a policy document that can be read in one way only: ${error.message}.`;
      }
    }),
});
