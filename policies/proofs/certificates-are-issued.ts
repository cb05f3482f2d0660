import { CONTROL } from "../engine/frameworks.ts";
import type { Placed, Platform } from "../engine/platform.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import type { Value } from "../engine/value.ts";
import { outputsOf } from "../facts/reference.ts";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";

/** The domains by which AWS Certificate Manager knows that it may issue (ACM user guide, "Configure a CAA record"). */
const AUTHORITIES = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

/** A certificate that is not issued, or not renewed, closes every entry; one that others may issue opens them (RFC 8659). */
export const certificatesAreIssued = proof({
  premise: 3,
  id: "certificates-are-issued",
  severity: "high",
  description:
    "Each host of a certificate is proved by the record that AWS names for it, in a zone that lets Amazon issue certificates for such hosts, and nobody else.",
  remediation:
    "Declare the record as the certificate's own output names it, and a CAA record with Amazon's domains alone.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCryptography, CONTROL.isoNetwork],
  prove: (platform, record) => {
    for (const it of platform.ofType(CERTIFICATE)) record.guarded(it, () => prove(platform, it, record));
    for (const it of platform.ofType(ZONE)) record.guarded(it, () => proveZone(platform, it, record));
  },
});

function prove(platform: Platform, certificate: Placed, record: Recorder): void {
  const { resource: it } = certificate;
  const must = (what: string): void => record.violated(certificate, `"${it.name}" must ${what}.`);
  const options = outputsOf(it).list("domainValidationOptions");
  const hosts = [it.text("domainName") ?? "", ...it.texts("subjectAlternativeNames")];
  const proved = options.map((one) => one.text("domainName") ?? "");
  if (hosts.toSorted().join() !== proved.toSorted().join()) must("be for the hosts that its records prove");
  for (const option of options) {
    record.count("hosts of certificates");
    const host = option.text("domainName") ?? "";
    if (!recordsOf(platform).some((one) => isProofOf(one, option))) must(`be proved by a record for ${host}`);
    if (!mayIssue(platform, host)) must(`be for hosts for which Amazon may issue certificates, as ${host}`);
  }
}

function isProofOf({ resource: it }: Placed, option: Value): boolean {
  const records = it.texts("records");
  return (
    it.text("name") === option.text("resourceRecordName") &&
    it.text("type") === option.text("resourceRecordType") &&
    records.length === 1 &&
    records[0] === option.text("resourceRecordValue")
  );
}

/** A zone that the world sees says who may issue: every record of the kind names Amazon, or nobody. */
function proveZone(platform: Platform, zone: Placed, record: Recorder): void {
  const { resource: it } = zone;
  if (it.list("vpcs").length > 0) return;
  record.count("zones that the world sees");
  const own = authoritiesFor(platform, it.text("name") ?? "");
  const isClosed = own.some(({ tag }) => tag === "issue") && own.every(({ tag, domain }) => isNobodyElse(tag, domain));
  if (!isClosed)
    record.violated(zone, `"${it.name}" must have a CAA record that lets Amazon alone issue certificates.`);
}

function isNobodyElse(tag: string, domain: string): boolean {
  return tag === "iodef" || (["issue", "issuewild"].includes(tag) && ["", ...AUTHORITIES].includes(domain));
}

/** Of the names above a host, the nearest with a CAA record decides; for a wildcard `issuewild`, where there is one (RFC 8659, sections 3 and 4.3). */
function mayIssue(platform: Platform, host: string): boolean {
  const isWildcard = host.startsWith("*.");
  const labels = host.replace(/^\*\./, "").split(".");
  for (let i = 0; i < labels.length; i += 1) {
    const found = authoritiesFor(platform, labels.slice(i).join("."));
    if (found.length === 0) continue;
    const wild = found.filter(({ tag }) => tag === "issuewild");
    const asked = isWildcard && wild.length > 0 ? wild : found.filter(({ tag }) => tag === "issue");
    return asked.length === 0 || asked.some(({ domain }) => AUTHORITIES.includes(domain));
  }
  return true;
}

interface Authority {
  readonly tag: string;
  readonly domain: string;
}

/** What the CAA records of a name say, such as `0 issue "amazon.com"`; `;` stands for nobody. */
function authoritiesFor(platform: Platform, name: string): readonly Authority[] {
  return recordsOf(platform)
    .filter(({ resource: it }) => it.text("type") === "CAA" && it.text("name") === name)
    .flatMap(({ resource: it }) => it.texts("records"))
    .map((text) => {
      const [, tag = "", domain = text] = /^\d+ ([a-z]+) "([^";]*);?[^"]*"$/.exec(text) ?? [];
      return { tag, domain: domain.trim() };
    });
}

function recordsOf(platform: Platform): readonly Placed[] {
  return platform.ofType(RECORD);
}
