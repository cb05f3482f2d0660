import * as z from "zod";

/** Something that the engine says while it works on one stack. */
export type EngineEvent =
  | {
      readonly kind: "resource";
      readonly state: "started" | "done" | "failed";
      readonly urn: string;
      readonly op: string;
    }
  | ({ readonly kind: "policy" } & PolicyViolation)
  | ({ readonly kind: "diagnostic" } & Diagnostic)
  | { readonly kind: "summary"; readonly changes: Readonly<Record<string, number>>; readonly durationMs: number };

/** A rule that a policy pack found broken, as the engine reported it. */
export interface PolicyViolation {
  readonly name: string;
  readonly pack: string;
  readonly mandatory: boolean;
  readonly message: string;
  readonly urn?: string | undefined;
}

/** A warning or an error of the engine, a provider or the program, word for word. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly urn?: string | undefined;
}

const metadata = z.object({ metadata: z.object({ op: z.string(), urn: z.string() }) });
const message = z.object({
  message: z.string(),
  urn: z.string().optional(),
  severity: z.string(),
  ephemeral: z.boolean().optional(),
});
const policy = z.object({
  message: z.string(),
  policyName: z.string(),
  policyPackName: z.string(),
  enforcementLevel: z.string(),
  resourceUrn: z.string().optional(),
});
const summary = z.object({ durationSeconds: z.number(), resourceChanges: z.record(z.string(), z.number()).nullish() });
const line = z.object({
  resourcePreEvent: metadata.optional(),
  resOutputsEvent: metadata.optional(),
  resOpFailedEvent: metadata.optional(),
  diagnosticEvent: message.optional(),
  policyEvent: policy.optional(),
  summaryEvent: summary.optional(),
});

/** Reads one line of the engine's event log; `undefined` for what nobody here needs to know. */
export function parseEvent(text: string): EngineEvent | undefined {
  const { data: it } = line.safeParse(JSON.parse(text));
  if (it === undefined) return undefined;
  if (it.resourcePreEvent !== undefined) return resource("started", it.resourcePreEvent);
  if (it.resOutputsEvent !== undefined) return resource("done", it.resOutputsEvent);
  if (it.resOpFailedEvent !== undefined) return resource("failed", it.resOpFailedEvent);
  if (it.policyEvent !== undefined) return violation(it.policyEvent);
  if (it.diagnosticEvent !== undefined) return diagnostic(it.diagnosticEvent);
  if (it.summaryEvent === undefined) return undefined;
  const { durationSeconds, resourceChanges } = it.summaryEvent;
  return { kind: "summary", changes: resourceChanges ?? {}, durationMs: durationSeconds * 1_000 };
}

function resource(state: "started" | "done" | "failed", it: z.infer<typeof metadata>): EngineEvent {
  return { kind: "resource", state, ...it.metadata };
}

function violation(it: z.infer<typeof policy>): EngineEvent {
  return {
    kind: "policy",
    name: it.policyName,
    pack: it.policyPackName,
    mandatory: it.enforcementLevel === "mandatory",
    message: it.message.trim(),
    urn: it.resourceUrn,
  };
}

function diagnostic({ severity, message: text, urn, ephemeral }: z.infer<typeof message>): EngineEvent | undefined {
  if (ephemeral === true || (severity !== "error" && severity !== "warning")) return undefined;
  return { kind: "diagnostic", severity, message: text.trim(), urn: urn === "" ? undefined : urn };
}
