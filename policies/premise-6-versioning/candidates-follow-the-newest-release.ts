import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";
import { isNewer, majorOf } from "../facts/versions.ts";
import { isCandidate, isMcpRuntime, mcpRuntimes } from "../facts/workloads.ts";

export const candidatesFollowTheNewestRelease = rule({
  premise: 6,
  id: "candidates-follow-the-newest-release",
  severity: "high",
  description: "A release on trial is one of its service's next: newer than the newest, and no major further.",
  remediation: "Try one release at a time, by `npx alicerce release candidate`.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  subjects: { types: mcpRuntimes.types, where: (it) => isMcpRuntime(it) && isCandidate(it) },
  judge: [
    (it, stack) => {
      const [newest] = releases(stack)
        .find(it.tag(TAG.service))
        .map((release) => release.tag(TAG.version))
        .toSorted((a, b) => (isNewer(a, b) ? -1 : 1));
      if (newest === undefined) return absent(`"${it.name}" must run beside a release of its service.`);
      const version = it.tag(TAG.version);
      const isNext = isNewer(version, newest) && (majorOf(version) ?? 0) <= (majorOf(newest) ?? 0) + 1;
      return isNext ? undefined : `"${it.name}" must follow ${newest}, the newest release of its service.`;
    },
    (it, stack) =>
      candidates(stack).isShared(it.tag(TAG.service) ?? "")
        ? `"${it.name}" must be the only release of its service on trial.`
        : undefined,
  ],
});

const releases = lookup([TYPE.runtime], (it) =>
  isMcpRuntime(it) && !isCandidate(it) ? it.tag(TAG.service) : undefined,
);

const candidates = lookup([TYPE.runtime], (it) =>
  isMcpRuntime(it) && isCandidate(it) ? it.tag(TAG.service) : undefined,
);
