import { CANDIDATE, TAG } from "../../../contracts/tags.ts";
import { previousMajorsSayWhenTheyGo } from "../../../policies/premise-6-versioning/previous-majors-say-when-they-go.ts";
import { testRule } from "../../support/rule-tester.ts";
import { runtimeOf, served } from "../programs.ts";

interface Said {
  readonly removeOn?: string;
  /** What the server is told to say; what the tag says without it. */
  readonly told?: string | null;
}

function beside(newest: Said, older?: Said, onTrial?: string): void {
  const opts = served();
  release("newest", "2.0.0", newest);
  if (older !== undefined) release("older", "1.0.0", older);
  if (onTrial !== undefined) release("next", onTrial, {}, { [TAG.track]: CANDIDATE });

  function release(name: string, version: string, { removeOn, told = removeOn }: Said, more = {}): void {
    const tags = { [TAG.service]: "database", [TAG.version]: version, ...more };
    runtimeOf(name, opts, {
      tags: removeOn === undefined ? tags : { ...tags, [TAG.removeOn]: removeOn },
      ...(typeof told === "string" && { environmentVariables: { SERVER_DEPRECATION: `2026-09-01/${told}` } }),
    });
  }
}

testRule(
  previousMajorsSayWhenTheyGo,
  {
    accepts: {
      "an older major that says when": () => beside({}, { removeOn: "2027-09-01" }),
      "an older major of which the day is past": () => beside({}, { removeOn: "2027-06-14" }),
      "a newest major by itself": () => beside({}),
      "a newest major beside the next on trial": () => beside({}, undefined, "3.0.0"),
    },
    rejects: {
      "an older major that does not say": [() => beside({}, {}), '"older" must carry the day on which it may be gone.'],
      "a day that is none": [
        () => beside({}, { removeOn: "2027-02-30" }),
        '"older" must carry the day on which it may be gone.',
      ],
      "a day that is kept from clients": [
        () => beside({}, { removeOn: "2027-09-01", told: null }),
        '"older" must tell its clients that it goes on 2027-09-01.',
      ],
      "another day than clients are told": [
        () => beside({}, { removeOn: "2027-09-01", told: "2028-09-01" }),
        '"older" must tell its clients that it goes on 2027-09-01.',
      ],
      "a newest major that is to go": [
        () => beside({ removeOn: "2027-09-01" }),
        '"newest" must have a successor if it is to go.',
      ],
    },
    ignores: { "a runtime without a version": () => void runtimeOf("database", served()) },
  },
  { preview: "realistic", today: "2027-06-15" },
);
