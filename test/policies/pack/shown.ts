import type { AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { Shown } from "./pack-process.ts";

/** The root of a stack. */
export const STACK: Shown = { type: "pulumi:pulumi:Stack", name: "alicerce", isComponent: true };

/** A runtime, which is guarded: before it is created, all that came before is judged. */
export const runtime = (networkMode: string): Shown => ({
  type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
  name: "database",
  properties: { networkConfiguration: { networkMode, networkModeConfig: { subnets: ["a"], securityGroups: ["b"] } } },
});

/** A key, whose rotation a rule demands in everybody's stacks. */
export const key = (enableKeyRotation: unknown): Shown => ({
  type: "aws:kms/key:Key",
  name: "data",
  properties: { enableKeyRotation },
});

/** What Pulumi writes for a value that is not known. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The diagnostics of one policy. */
export function told(diagnostics: readonly AnalyzeDiagnostic[], name: string): readonly AnalyzeDiagnostic[] {
  return diagnostics.filter((it) => it.getPolicyname() === name);
}
