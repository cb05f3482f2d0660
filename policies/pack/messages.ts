import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeDiagnostic, AnalyzeResponse, AnalyzerInfo, PolicyInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { premiseOf } from "../engine/premises.ts";
import type { Requirement, Severity } from "../engine/rule.ts";
import { PROOFS } from "../proofs/proofs.ts";
import { RULES } from "../rules.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { PACK } from "./identity.ts";
import type { Refusal } from "./session.ts";

const { ADVISORY, MANDATORY } = proto.EnforcementLevel;

const SEVERITY = {
  low: proto.PolicySeverity.POLICY_SEVERITY_LOW,
  medium: proto.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: proto.PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: proto.PolicySeverity.POLICY_SEVERITY_CRITICAL,
} as const satisfies Readonly<Record<Severity, number>>;

/** The description of the pack for the engine, with every rule and every proof as a policy. */
export function analyzerInfo(): AnalyzerInfo {
  const info = new proto.AnalyzerInfo();
  info.setName(PACK.name);
  info.setDisplayname("Alicerce premises");
  info.setVersion(PACK.version);
  info.setDescription(PACK.description);
  info.setSupportsconfig(true);
  info.setPoliciesList([...RULES, ...PROOFS].map(policyInfo));
  return info;
}

/** The response of `Analyze` and `AnalyzeStack`. */
export function analyzeResponse(refusal: Refusal): AnalyzeResponse {
  const response = new proto.AnalyzeResponse();
  response.setDiagnosticsList("failure" in refusal ? [failure(refusal.failure)] : refusal.map(policyDiagnostic));
  return response;
}

function policyInfo(rule: Requirement): PolicyInfo {
  const [control, ...others] = rule.frameworks;
  const framework = new proto.PolicyComplianceFramework();
  framework.setName(control.framework);
  framework.setVersion(control.version);
  framework.setReference(control.reference);
  framework.setSpecification(control.about);

  const info = new proto.PolicyInfo();
  info.setName(rule.name);
  info.setDisplayname(rule.id.replaceAll("-", " "));
  info.setDescription(rule.description);
  info.setEnforcementlevel(rule.mandatory ? MANDATORY : ADVISORY);
  info.setPolicyType(proto.PolicyType.POLICY_TYPE_STACK);
  info.setSeverity(SEVERITY[rule.severity]);
  info.setFramework(framework);
  // Without properties: a policy has no settings but its level, which is no part of a schema.
  info.setConfigschema(new proto.PolicyConfigSchema().setProperties(new struct.Struct()));
  info.setTagsList([premiseOf(rule.premise).folder, ...others.map((it) => `${it.framework} ${it.reference}`)]);
  info.setRemediationSteps(rule.remediation);
  return info;
}

function policyDiagnostic({ rule, mandatory, urn, message }: Diagnostic): AnalyzeDiagnostic {
  const diagnostic = packDiagnostic(rule.name, message, mandatory);
  diagnostic.setDescription(rule.description);
  diagnostic.setUrn(urn);
  diagnostic.setSeverity(SEVERITY[rule.severity]);
  return diagnostic;
}

/** The diagnostic that refuses a stack whose plan could not be judged. */
function failure(reason: string): AnalyzeDiagnostic {
  const diagnostic = packDiagnostic("gate", `the stack must be judged before it is created: ${reason}`, true);
  diagnostic.setDescription("Nothing is created in a stack whose plan could not be judged.");
  diagnostic.setSeverity(SEVERITY.critical);
  return diagnostic;
}

function packDiagnostic(name: string, message: string, mandatory: boolean): AnalyzeDiagnostic {
  const diagnostic = new proto.AnalyzeDiagnostic();
  diagnostic.setPolicyname(name);
  diagnostic.setPolicypackname(PACK.name);
  diagnostic.setPolicypackversion(PACK.version);
  diagnostic.setMessage(message);
  diagnostic.setEnforcementlevel(mandatory ? MANDATORY : ADVISORY);
  return diagnostic;
}
