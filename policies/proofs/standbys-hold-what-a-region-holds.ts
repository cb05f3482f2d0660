import { CONTROL } from "../engine/frameworks.ts";
import type { Platform } from "../engine/platform.ts";
import { proof } from "../engine/proof.ts";
import { bucketsCopied } from "./standby/buckets.ts";
import type { Copied } from "./standby/copied.ts";
import { imagesCopied } from "./standby/images.ts";
import { storesCopied } from "./standby/stores.ts";

const ALL: readonly ((platform: Platform) => readonly Copied[])[] = [storesCopied, bucketsCopied, imagesCopied];

/** Everything that a region keeps is in the other region of its residency, under a key that works there. */
export const standbysHoldWhatARegionHolds = proof({
  premise: 5,
  id: "standbys-hold-what-a-region-holds",
  severity: "high",
  description:
    "The loss of a region loses nothing: each table, bucket, database and secret has a copy in the other region of the residency, under a key that is there, and each image a repository.",
  remediation: "Declare the copy in the stack of the original, under the ReplicaKey of its key in the standby.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoBackup, CONTROL.gdprSecurity],
  prove: (platform, record) => {
    for (const copiedIn of ALL) {
      record.guardedAll(platform, () => {
        for (const { what, at, standby, missing } of copiedIn(platform)) {
          record.count(`${what} with a standby`);
          record.guarded(at, () => {
            const sentence = missing();
            if (sentence === undefined) return;
            record.violated(at, sentence, [
              `"${at.resource.name}" is ${at.resource.type} in ${at.stack.name}.`,
              `Where ${at.stack.region ?? ""} is lost, ${standby} must have it.`,
            ]);
          });
        }
      });
    }
  },
});
