import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { certificatesAreIssued } from "../../../../policies/proofs/certificates-are-issued.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, set } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const RECORD = "aws:route53/record:Record";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const PROOF = "edge-*.b2b.eu.agents.example.com";

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

function found(edit: Edit): string {
  const plans = (all.get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
  return waysOf(verdictOf(certificatesAreIssued, ...edited(plans, edit))).join("\n");
}

const authorities = (...records: readonly string[]): Edit => ({
  type: RECORD,
  name: "issuers",
  change: set(["records"], records),
});

it("holds in every environment", () => {
  for (const plans of all.values()) {
    const verdict = verdictOf(certificatesAreIssued, ...plans);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated.find(({ what }) => what === "hosts of certificates")?.count).toBeGreaterThan(1);
  }
});

describe("sensible changes are accepted:", () => {
  it.each([
    ["where to report what was refused", authorities('0 issue "amazon.com"', '0 iodef "mailto:security@example.com"')],
    ["another domain of Amazon", authorities('0 issue "amazontrust.com"', '0 issuewild "amazonaws.com"')],
  ])("%s", (_, edit) => {
    expect(found(edit)).toBe("");
  });
});

describe("a certificate that is not issued is found:", () => {
  const UNPROVED = '"edge" must be proved by a record for *.b2b.eu.agents.example.com.';
  const REFUSED = '"edge" must be for hosts for which Amazon may issue certificates, as *.b2b.eu.agents.example.com.';
  const OPEN = '"zone" must have a CAA record that lets Amazon alone issue certificates.';

  it.each<readonly [string, Edit, string]>([
    ["without a record", { type: RECORD, name: PROOF }, UNPROVED],
    [
      "with a record by another name",
      { type: RECORD, name: PROOF, change: set(["name"], "b2b.example.com") },
      UNPROVED,
    ],
    ["with a record of another value", { type: RECORD, name: PROOF, change: set(["records"], ["a", "b"]) }, UNPROVED],
    [
      "for another host than its records prove",
      { type: CERTIFICATE, name: "edge", change: set(["domainName"], "identity-admin.eu-west-1.agents.example.com") },
      '"edge" must be for the hosts that its records prove.',
    ],
    ["with wildcards that nobody may issue", authorities('0 issue "amazon.com"', '0 issuewild ";"'), REFUSED],
    ["where another authority alone may issue", authorities('0 issue "ca.example"'), REFUSED],
    ["where anybody may issue", { type: RECORD, name: "issuers" }, OPEN],
    ["where another authority may issue as well", authorities('0 issue "amazon.com"', '0 issue "ca.example"'), OPEN],
    ["by a record that is no CAA", authorities("amazon.com"), OPEN],
  ])("%s", (_, edit, message) => {
    expect(found(edit)).toContain(message);
  });
});
