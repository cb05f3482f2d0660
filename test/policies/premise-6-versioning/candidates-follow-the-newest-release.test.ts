import { CANDIDATE, TAG } from "../../../contracts/tags.ts";
import { candidatesFollowTheNewestRelease } from "../../../policies/premise-6-versioning/candidates-follow-the-newest-release.ts";
import { testRule } from "../../support/rule-tester.ts";
import { runtimeOf, served } from "../programs.ts";

/** Runtimes of a service: the retained versions, and those on trial. */
function runtimes(retained: readonly string[], onTrial: readonly (string | undefined)[]): void {
  const opts = served();
  const service = { [TAG.service]: "database" };
  runtimeOf("files", opts, { tags: { [TAG.service]: "files", [TAG.version]: "9.0.0" } });
  for (const it of retained)
    runtimeOf(`v${it.replaceAll(".", "-")}`, opts, { tags: { ...service, [TAG.version]: it } });
  for (const [index, it] of onTrial.entries()) {
    const version = it === undefined ? {} : { [TAG.version]: it };
    runtimeOf(`next-${index}`, opts, { tags: { ...service, ...version, [TAG.track]: CANDIDATE } });
  }
}

const MUST_FOLLOW = '"next-0" must follow 3.10.0, the newest release of its service.';

testRule(
  candidatesFollowTheNewestRelease,
  {
    accepts: {
      "a patch": () => runtimes(["3.10.0", "2.2.0"], ["3.10.1"]),
      "the next minor": () => runtimes(["2.2.0", "3.10.0"], ["3.11.0"]),
      "the next major": () => runtimes(["3.9.0", "3.10.0"], ["4.0.0"]),
    },
    rejects: {
      "the newest release itself": [() => runtimes(["3.10.0"], ["3.10.0"]), MUST_FOLLOW],
      "an older minor, which only looks newer as text": [() => runtimes(["3.10.0"], ["3.9.0"]), MUST_FOLLOW],
      "a fix of an older major": [() => runtimes(["3.10.0", "2.2.0"], ["2.2.1"]), MUST_FOLLOW],
      "a major that skips one": [() => runtimes(["3.10.0"], ["5.0.0"]), MUST_FOLLOW],
      "no version": [() => runtimes(["3.10.0"], [undefined]), MUST_FOLLOW],
      "a service without a release": [
        () => runtimes([], ["1.0.0"]),
        '"next-0" must run beside a release of its service.',
      ],
      "two at a time": [
        () => runtimes(["3.10.0"], ["3.11.0", "4.0.0"]),
        '"next-0" must be the only release of its service on trial.',
        '"next-1" must be the only release of its service on trial.',
      ],
    },
    ignores: { "a retained release": () => runtimes(["3.10.0"], []) },
  },
  { preview: "realistic" },
);
