import { UNKNOWN, type Plan, type PlannedResource } from "../../plan/model.ts";

/** How Pulumi writes an unknown string. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What `pulumi stack export` writes of a stack that is deployed as it was planned. */
export function exportOf({ resources }: Plan, change: object = {}): string {
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources: resources.map(stateOf), ...change } });
}

/** What `pulumi preview --json --show-sames` writes of a stack that is yet to be deployed. */
export function previewOf({ resources }: Plan, change: object = {}): string {
  const steps = resources.map((it) => ({ op: "create", urn: it.urn, newState: stateOf(it) }));
  return JSON.stringify(
    { config: {}, steps, diagnostics: [], changeSummary: { create: steps.length }, ...change },
    asText,
  );
}

function stateOf({ provider, source, ...it }: PlannedResource): object {
  return {
    ...it,
    ...(it.custom && typeof it.outputs?.["id"] === "string" && { id: it.outputs["id"] }),
    ...(provider !== undefined && { provider: `${provider}::0a1b` }),
    ...(source !== undefined && { sourcePosition: `project:///${source.file}#${source.line},7` }),
  };
}

function asText(_: string, value: unknown): unknown {
  return value === UNKNOWN ? UNKNOWN_TEXT : value;
}
