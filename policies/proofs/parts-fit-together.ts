import { CONTROL } from "../engine/frameworks.ts";
import { proof } from "../engine/proof.ts";
import { clusterFits } from "./fits/clusters.ts";
import type { Fits } from "./fits/fit.ts";
import { functionFits } from "./fits/functions.ts";
import { messageFits } from "./fits/messages.ts";
import { nameFits } from "./fits/names.ts";
import { recordFits } from "./fits/records.ts";
import { signInFits } from "./fits/sign-in.ts";
import { storeFits } from "./fits/stores.ts";
import { webAclFits } from "./fits/web-acls.ts";
import { zoneFits } from "./fits/zones.ts";

const ALL: readonly Fits[] = [
  clusterFits,
  functionFits,
  messageFits,
  nameFits,
  recordFits,
  signInFits,
  storeFits,
  webAclFits,
  zoneFits,
];

/** What names another resource of the right type, which is the wrong one, works for nobody. */
export const partsFitTogether = proof({
  premise: 5,
  id: "parts-fit-together",
  severity: "high",
  description:
    "What works only with another part is given the right one: a provider its region's cluster, a function its caller, a record its own log group, a client its BFF, a store its key, a subnet its zone's way out.",
  remediation: "Name what the finding says, by the output of the resource.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoConfiguration, CONTROL.isoSegregation],
  prove: (platform, record) => {
    for (const fitsOf of ALL) {
      record.guardedAll(platform, () => {
        for (const { at, isFit, mend } of fitsOf(platform)) {
          record.count("parts");
          record.guarded(at, () => {
            if (!isFit()) record.violated(at, mend);
          });
        }
      });
    }
  },
});
