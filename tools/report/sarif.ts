import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Source } from "../../plan/model.ts";
import { controlsOf } from "../../policies/compliance/coverage.ts";
import { premiseOf } from "../../policies/engine/premises.ts";
import type { Requirement, Severity } from "../../policies/engine/rule.ts";
import type { ExemptFinding } from "../../policies/exemptions/exempting.ts";
import type { Judged, Judgement } from "../cli/judgement.ts";
import { PROJECT } from "../engine/folders.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** How severe a rule is, as a SARIF level and as the number from 0 to 10 by which code scanning sorts. */
const SEVERITIES = {
  critical: { level: "error", score: "9.5" },
  high: { level: "error", score: "8.0" },
  medium: { level: "warning", score: "5.5" },
  low: { level: "note", score: "2.5" },
} as const satisfies Readonly<Record<Severity, object>>;

/** What a log is about. */
export interface SarifAbout {
  /** Tells the logs of different commands and environments apart, such as `plan/production`. */
  readonly id: string;
  /** Every rule that judged, whether or not it found anything. */
  readonly rules: readonly Requirement[];
  /** The file that says of a stack what was judged: the place of findings whose resource has none of its own. */
  readonly fileOf?: ((stack: string) => string | undefined) | undefined;
}

/**
 * A judgement in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS). What is violated is a result of kind `fail`; what
 * cannot be decided is one of kind `open`. The same findings give the same text.
 */
export function sarifOf({ violations, undetermined, exempted }: Judgement, about: SarifAbout): object {
  const rules = [...new Set([...about.rules, ...[...violations, ...undetermined, ...exempted].map((it) => it.rule)])];
  const index = new Map(rules.map((it, i) => [it.name, i]));
  const result = (kind: "fail" | "open") => (it: Judged) => ({
    ...resultOf(it, kind, about),
    ruleIndex: index.get(it.rule.name),
    // Where one result of a run says whether it is suppressed, each must (SARIF 2.1.0, 3.27.23).
    ...(exempted.length > 0 && { suppressions: [] }),
  });
  const suppressed = (it: ExemptFinding): object => ({ ...result("fail")(it), suppressions: [suppressionOf(it)] });
  const run = {
    tool: { driver: driverOf(rules) },
    automationDetails: { id: `alicerce/${about.id}/` },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder of the project." } } },
    results: [...violations.map(result("fail")), ...undetermined.map(result("open")), ...exempted.map(suppressed)],
  };
  return { $schema: SCHEMA, version: "2.1.0", runs: [run] };
}

function driverOf(rules: readonly Requirement[]): object {
  const manifest = JSON.parse(readFileSync(path.join(PROJECT, "package.json"), "utf8")) as { readonly version: string };
  return {
    name: "Alicerce",
    fullName: "Alicerce: premises of a platform for MCP servers and AI agents",
    semanticVersion: manifest.version,
    rules: rules.map(ruleOf),
  };
}

function ruleOf(rule: Requirement): object {
  const { name, id, premise, severity, description, remediation } = rule;
  const { folder, title } = premiseOf(premise);
  const { level, score } = SEVERITIES[severity];
  return {
    id: name,
    name: pascalCase(id),
    shortDescription: { text: `${sentenceCase(id)}.` },
    fullDescription: { text: description },
    help: { text: remediation },
    defaultConfiguration: { level },
    properties: {
      tags: ["security", folder, ...controlsOf(rule)],
      precision: "very-high",
      "security-severity": score,
      premise: title,
    },
  };
}

function resultOf(
  { rule, stack, urn, name, message, path: unknown, source }: Judged,
  kind: "fail" | "open",
  about: SarifAbout,
) {
  const place = source === undefined ? fileAt(about.fileOf?.(stack)) : lineAt(source);
  return {
    ruleId: rule.name,
    kind,
    level: kind === "fail" ? SEVERITIES[rule.severity].level : "none",
    message: { text: message },
    locations: [{ ...place, logicalLocations: [{ name, fullyQualifiedName: urn, kind: "resource" }] }],
    partialFingerprints: { "resource/v1": fingerprint(rule.name, urn, message) },
    properties: { stack, ...(unknown !== undefined && { unknown }) },
  };
}

/** Agreed to outside of the code that is at fault. */
function suppressionOf({ exemption: { reason, owner, ticket, expiry } }: ExemptFinding): object {
  return { kind: "external", status: "accepted", justification: reason, properties: { owner, ticket, expiry } };
}

function lineAt({ file, line }: Source): object {
  const artifactLocation = { uri: encodeURI(file), uriBaseId: "%SRCROOT%" };
  return { physicalLocation: { artifactLocation, region: { startLine: line } } };
}

function fileAt(file: string | undefined): object {
  if (file === undefined) return {};
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: 1 } } };
}

/** Of the finding itself: neither the line, which other changes of the file move, nor the time is part of it. */
function fingerprint(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function pascalCase(id: string): string {
  return id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function sentenceCase(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
