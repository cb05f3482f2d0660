import { describe, expect, test } from "vitest";
import type { McpService } from "../../../releases/releases.ts";
import { dayOf } from "../../../contracts/day.ts";
import { parseDay, yearAfter } from "../../../tools/release/calendar-day.ts";
import {
  promoted,
  withCandidate,
  withoutCandidate,
  withoutPromotion,
  withWeight,
} from "../../../tools/release/release-steps.ts";
import { parseVersion } from "../../../tools/release/semantic-version.ts";

const [A, B, C, D] = ["a", "b", "c", "d"].map((it) => `sha256:${it.repeat(64)}` as const) as [
  ...["sha256:a", "sha256:b", "sha256:c", "sha256:d"],
];
const TODAY = "2026-11-23";
const HOW = { today: TODAY, dangerouslyDropMajor: false } as const;
const N2 = { version: "1.5.1", digest: C, deprecatedOn: "2026-02-02", removeOn: "2027-02-02" } as const;
const N1 = { version: "2.2.0", digest: B, deprecatedOn: "2026-09-01", removeOn: "2027-09-01" } as const;
const service: McpService = { scenarios: ["b2b"], releases: [{ version: "3.0.0", digest: A }, N1, N2] };
const minor = { version: "3.1.0", digest: D, weight: 10 } as const;
const major = { version: "4.0.0", digest: D, weight: 10 } as const;

describe("a candidate", () => {
  test.each([minor, major])("$version is put on trial, and saying it twice is saying it once", (candidate) => {
    const { service: once, notes } = withCandidate("database", service, candidate);
    expect(once).toEqual({ ...service, candidate });
    expect(notes).toEqual([`${candidate.version} gets 10 % of the callers, 3.0.0 the other 90 %`]);
    expect(withCandidate("database", once, candidate)).toEqual({ service: once, notes });
  });

  test("takes the place of another one, which is told", () => {
    const { notes } = withCandidate("database", { ...service, candidate: minor }, major);
    expect(notes[0]).toBe("3.1.0 is on trial no more");
  });

  test.each<[object, string]>([
    [{ version: "3.0.0" }, "3.0.0 of database must be newer than 3.0.0, the newest release"],
    [{ version: "2.9.9" }, "2.9.9 of database must be newer than 3.0.0, the newest release"],
    [{ version: "5.0.0" }, "5.0.0 of database must not skip major 4"],
    [{ digest: "sha256:abc" }, 'digest "sha256:abc" must be sha256: and 64 lower-case hexadecimal digits'],
    [{ digest: A.toUpperCase() }, "must be sha256: and 64 lower-case hexadecimal digits"],
    [{ digest: "latest" }, 'digest "latest" must be sha256: and 64 lower-case hexadecimal digits'],
    [{ weight: 0 }, "weight 0 must be a whole number of percent from 1 to 99"],
    [{ weight: 100 }, "weight 100 must be a whole number of percent from 1 to 99"],
    [{ weight: 2.5 }, "weight 2.5 must be a whole number of percent from 1 to 99"],
  ])("with %j is refused", (change, message) => {
    expect(() => withCandidate("database", service, { ...minor, ...change })).toThrow(message);
  });

  test("changes its weight, and needs to exist for it", () => {
    const on = { ...service, candidate: minor };
    expect(withWeight("database", on, 50).service.candidate).toEqual({ ...minor, weight: 50 });
    expect(() => withWeight("database", on, 100)).toThrow("weight 100 must be");
    expect(() => withWeight("database", service, 50)).toThrow("database has no candidate");
  });

  test("is rolled back, once", () => {
    const { service: back, notes } = withoutCandidate("database", { ...service, candidate: minor });
    expect(back).toEqual(service);
    expect(notes).toEqual(["3.1.0 is on trial no more; 3.0.0 gets all calls of database"]);
    expect(() => withoutCandidate("database", back)).toThrow(
      "nothing to roll back: database has no candidate, and no promotion to take back",
    );
  });
});

describe("a promotion", () => {
  test("of a minor takes the place of the newest and leaves the older majors", () => {
    const { service: after, notes } = promoted("database", { ...service, candidate: minor }, HOW);
    const releases = [{ version: "3.1.0", digest: D }, N1, N2];
    expect(after).toEqual({ scenarios: ["b2b"], releases, previous: service.releases });
    expect(notes).toEqual(["3.1.0 gets all calls of database, in the place of 3.0.0"]);
  });

  test("of a major deprecates the newest for a year, and drops the oldest once its day has come", () => {
    const on = { ...service, candidate: major };
    const { service: after, notes } = promoted("database", on, { ...HOW, today: "2027-02-02" });
    const retained = { version: "3.0.0", digest: A, deprecatedOn: "2027-02-02", removeOn: "2028-02-02" };
    expect(after.releases).toEqual([{ version: "4.0.0", digest: D }, retained, N1]);
    expect(after.candidate).toBeUndefined();
    expect(notes).toEqual([
      "4.0.0 gets all calls of database; 3.0.0 stays as database-v3, deprecated, until 2028-02-02 at least",
      "1.5.1 is dropped, and database-v1 with it",
    ]);
  });

  test("of a major drops none before its day, unless the danger is said", () => {
    const on = { ...service, candidate: major };
    const how = { ...HOW, today: "2027-02-01" } as const;
    expect(() => promoted("database", on, how)).toThrow(
      "promoting 4.0.0 would drop 1.5.1 of database, which clients were promised until 2027-02-02; " +
        "wait, or break the promise with --dangerously-drop-major",
    );
    const { service: after } = promoted("database", on, { ...how, dangerouslyDropMajor: true });
    expect(after.releases.map((it) => it?.version)).toEqual(["4.0.0", "3.0.0", "2.2.0"]);
  });

  test("of a second and of a third major drops nothing", () => {
    const first: McpService = { scenarios: [], releases: [{ version: "1.0.0", digest: A }] };
    const second = promoted("files", { ...first, candidate: { ...minor, version: "2.0.0" } }, HOW).service;
    expect(second.releases.map((it) => it?.version)).toEqual(["2.0.0", "1.0.0"]);
    const third = promoted("files", { ...second, candidate: { ...minor, version: "3.0.0" } }, HOW).service;
    expect(third.releases.map((it) => it?.version)).toEqual(["3.0.0", "2.0.0", "1.0.0"]);
  });

  test("takes another day of removal, but none that has come", () => {
    const on = { ...service, releases: [service.releases[0], N1], candidate: major } as const;
    const { service: after } = promoted("database", on, { ...HOW, removeOn: "2029-01-01" });
    expect(after.releases[1]?.removeOn).toBe("2029-01-01");
    expect(() => promoted("database", on, { ...HOW, removeOn: TODAY })).toThrow("must come after today, 2026-11-23");
  });

  test("needs a candidate", () => {
    expect(() => promoted("database", service, HOW)).toThrow("database has no candidate");
  });

  test.each([minor, major])("of $version is taken back to exactly what was before", (candidate) => {
    const how = { ...HOW, dangerouslyDropMajor: true };
    const { service: after } = promoted("database", { ...service, candidate }, how);
    expect(withoutPromotion("database", after).service).toEqual(service);
    expect(() => withoutCandidate("database", after)).toThrow(
      `nothing to roll back: database has no candidate. To return from ${candidate.version} to 3.0.0: ` +
        "npx alicerce release rollback database --promotion",
    );
    const again = { ...after, candidate: { ...minor, version: "4.1.0" } } as const;
    expect(() => withoutPromotion("database", again)).toThrow("database has a candidate, 4.1.0: roll it back before");
    expect(() => withoutPromotion("database", service)).toThrow(
      "nothing to roll back: database has no promotion to take back",
    );
  });
});

test.each(["3.1", "v3.1.0", "3.1.0-rc.1", "03.1.0", "3.1.0 ", ""])("%j is no version of a release", (text) => {
  expect(() => parseVersion(text)).toThrow("must be major.minor.patch");
});

test("a day is one of the calendar, and has one a year later", () => {
  expect(parseDay("2028-02-29")).toBe("2028-02-29");
  for (const text of ["2027-02-29", "2027-2-1", "tomorrow", ""])
    expect(() => parseDay(text)).toThrow("of the calendar");
  expect([yearAfter("2026-11-23"), yearAfter("2028-02-29")]).toEqual(["2027-11-23", "2029-03-01"]);
  expect(dayOf(new Date("2026-11-23T23:59:59Z"))).toBe(TODAY);
});
