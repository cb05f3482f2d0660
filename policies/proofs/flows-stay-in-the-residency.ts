import { CONTROL } from "../engine/frameworks.ts";
import { proof } from "../engine/proof.ts";
import { principalsOf } from "./isolation/principals.ts";
import { followCopies } from "./residency/copies.ts";
import { findModels, findPlaces, findReaders, findSettings } from "./residency/places.ts";

/** For every tenant: wherever its data flows, over all stacks, is in the regions of its residency. */
export const flowsStayInTheResidency = proof({
  premise: "residency",
  id: "flows-stay-in-the-residency",
  severity: "critical",
  description:
    "Data of a tenant is copied, logged, exported, backed up and asked of models only in the regions of its residency, whichever stack declares it.",
  remediation: "Name a region of the residency's set at the last hop, or take the copy or the destination out.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy, CONTROL.soc2Transmission],
  prove: (platform, record) => {
    followCopies(platform, record);
    findPlaces(platform, record);
    findSettings(platform, record);
    findModels(principalsOf(platform, record), record);
    findReaders(platform, record);
  },
});
