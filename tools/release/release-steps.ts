import type { Candidate, McpService, Release, Releases, RetainedRelease } from "../../releases/releases.ts";
import gt from "semver/functions/gt.js";
import major from "semver/functions/major.js";
import type { Day } from "../../contracts/day.ts";
import { yearAfter } from "./calendar-day.ts";
import { NothingToRollBack, ReleaseProblem } from "./release-problem.ts";

/** What becomes of a service, and what of it somebody should know. */
export interface Step {
  readonly service: McpService;
  readonly notes: readonly string[];
}

/** How a promotion treats the majors that it deprecates and drops. */
export interface Promotion {
  readonly today: Day;
  /** When the major that is deprecated by it may be gone; a year from today without it. */
  readonly removeOn?: Day | undefined;
  /** Breaks the promise to the clients of a major whose day has not come. */
  readonly dangerouslyDropMajor: boolean;
}

/** Puts a release on trial, in the place of the one that is; throws a `ReleaseProblem` unless it follows the newest. */
export function withCandidate(name: string, service: McpService, { version, digest, weight }: Candidate): Step {
  const [newest] = service.releases;
  if (!gt(version, newest.version))
    throw new ReleaseProblem(`${version} of ${name} must be newer than ${newest.version}, the newest release`);
  const next = major(newest.version) + 1;
  if (major(version) > next) throw new ReleaseProblem(`${version} of ${name} must not skip major ${next}`);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new ReleaseProblem(`digest "${digest}" must be sha256: and 64 lower-case hexadecimal digits`);
  checkWeight(weight);
  const before = service.candidate;
  const replaced = before !== undefined && before.version !== version ? [`${before.version} is on trial no more`] : [];
  return {
    service: { ...service, candidate: { version, digest, weight } },
    notes: [...replaced, shares(newest, { version, weight })],
  };
}

/** Changes how many callers in a hundred the candidate gets. */
export function withWeight(name: string, service: McpService, weight: number): Step {
  const candidate = candidateOf(name, service);
  checkWeight(weight);
  return {
    service: { ...service, candidate: { ...candidate, weight } },
    notes: [shares(service.releases[0], { ...candidate, weight })],
  };
}

/** Makes the candidate the newest release; what it replaces is kept for a way back. */
export function promoted(name: string, service: McpService, how: Promotion): Step {
  const { scenarios, releases: previous } = service;
  const { version, digest } = candidateOf(name, service);
  const [newest, ...older] = previous;
  const { releases, notes } =
    major(version) === major(newest.version)
      ? {
          releases: [{ version, digest }, ...older] as const satisfies Releases,
          notes: [`${version} gets all calls of ${name}, in the place of ${newest.version}`],
        }
      : withNewMajor(name, { version, digest }, previous, how);
  return { service: { scenarios, releases, previous }, notes };
}

function withNewMajor(
  name: string,
  release: Release,
  [newest, kept, dropped]: Releases,
  how: Promotion,
): { readonly releases: Releases; readonly notes: readonly string[] } {
  const removeOn = how.removeOn ?? yearAfter(how.today);
  if (removeOn <= how.today) throw new ReleaseProblem(`the day of removal must come after today, ${how.today}`);
  checkDropped(name, release.version, dropped, how);
  const retained: RetainedRelease = { ...newest, deprecatedOn: how.today, removeOn };
  const replaced = `${newest.version} stays as ${name}-v${major(newest.version)}, deprecated, until ${removeOn} at least`;
  return {
    releases: kept === undefined ? [release, retained] : [release, retained, kept],
    notes: [
      `${release.version} gets all calls of ${name}; ${replaced}`,
      ...(dropped === undefined
        ? []
        : [`${dropped.version} is dropped, and ${name}-v${major(dropped.version)} with it`]),
    ],
  };
}

/** Ends the trial of the candidate; throws `NothingToRollBack` without one. */
export function withoutCandidate(name: string, service: McpService): Step {
  const { candidate, ...rest } = service;
  const [newest] = service.releases;
  if (candidate === undefined) throw new NothingToRollBack(withoutTrial(name, service));
  return {
    service: rest,
    notes: [`${candidate.version} is on trial no more; ${newest.version} gets all calls of ${name}`],
  };
}

function withoutTrial(name: string, { releases, previous }: McpService): string {
  if (previous === undefined) return `${name} has no candidate, and no promotion to take back`;
  const [from, to] = [releases[0].version, previous[0].version];
  return `${name} has no candidate. To return from ${from} to ${to}: npx alicerce release rollback ${name} --promotion`;
}

/** Returns to what the last promotion replaced; throws `NothingToRollBack`, or a `ReleaseProblem` beside a trial. */
export function withoutPromotion(name: string, service: McpService): Step {
  const { previous, candidate, releases, ...rest } = service;
  if (previous === undefined) throw new NothingToRollBack(`${name} has no promotion to take back`);
  if (candidate !== undefined)
    throw new ReleaseProblem(`${name} has a candidate, ${candidate.version}: roll it back before the promotion`);
  const [undone] = releases;
  return {
    service: { ...rest, releases: previous },
    notes: [`${previous[0].version} gets all calls of ${name} again, in the place of ${undone.version}`],
  };
}

function candidateOf(name: string, { candidate }: McpService): Candidate {
  if (candidate === undefined) throw new ReleaseProblem(`${name} has no candidate`);
  return candidate;
}

function checkWeight(weight: number): void {
  if (Number.isInteger(weight) && weight >= 1 && weight <= 99) return;
  throw new ReleaseProblem(`weight ${weight} must be a whole number of percent from 1 to 99`);
}

function checkDropped(name: string, version: string, dropped: RetainedRelease | undefined, how: Promotion): void {
  if (dropped === undefined || dropped.removeOn <= how.today || how.dangerouslyDropMajor) return;
  throw new ReleaseProblem(
    `promoting ${version} would drop ${dropped.version} of ${name}, which clients were promised until ${dropped.removeOn}; ` +
      "wait, or break the promise with --dangerously-drop-major",
  );
}

function shares(newest: Release, { version, weight }: Pick<Candidate, "version" | "weight">): string {
  return `${version} gets ${weight} % of the callers, ${newest.version} the other ${100 - weight} %`;
}
