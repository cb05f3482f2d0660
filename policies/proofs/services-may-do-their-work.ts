import { CONTROL } from "../engine/frameworks.ts";
import type { Platform } from "../engine/platform.ts";
import { proof } from "../engine/proof.ts";
import { type Deed, refusedOf } from "./services/deed.ts";
import { lackOf } from "./services/duties/duty.ts";
import { dutiesOf } from "./services/duties/duties.ts";
import { eventDeeds } from "./services/events.ts";
import { functionDeeds } from "./services/functions.ts";
import { logGroupDeeds } from "./services/log-groups.ts";
import { recordDeeds } from "./services/records.ts";
import { roleDeeds } from "./services/roles.ts";
import { signingDeeds } from "./services/signing.ts";
import { topicDeeds } from "./services/topics.ts";

const ALL: readonly ((platform: Platform) => readonly Deed[])[] = [
  eventDeeds,
  functionDeeds,
  logGroupDeeds,
  recordDeeds,
  roleDeeds,
  signingDeeds,
  topicDeeds,
];

/** What AWS's own services do for the platform fails without a word where a policy does not let them. */
export const servicesMayDoTheirWork = proof({
  premise: 8,
  id: "services-may-do-their-work",
  severity: "high",
  description:
    "Every AWS service that a resource is told of is let in: by the policies of topics, buckets, log groups and functions, by their keys, and by the roles that it becomes.",
  remediation: "Allow the service the call in the policy that the finding names, for the account and the source alone.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.isoMonitoring],
  prove: (platform, record) => {
    for (const deedsOf of ALL) {
      record.guardedAll(platform, () => {
        for (const deed of deedsOf(platform)) {
          record.count("calls of services", deed.calls.length);
          record.guarded(deed.at, () => {
            const refused = refusedOf(deed);
            if (refused === undefined) return;
            const { at, who, why } = deed;
            record.violated(at, `"${at.resource.name}" must let ${who} do ${refused.action}: ${why}.`, [
              `${who} calls ${refused.action} on ${refused.resource === "" ? "it" : refused.resource}.`,
            ]);
          });
        }
      });
    }
    record.guardedAll(platform, () => {
      for (const duty of dutiesOf(platform)) {
        const { role, why } = duty;
        record.count("calls of services", duty.calls.length);
        record.guarded(role, () => {
          const lack = lackOf(platform, duty);
          if (lack !== undefined) record.violated(role, `"${role.resource.name}" must ${lack}: ${why}.`);
        });
      }
    });
  },
});
