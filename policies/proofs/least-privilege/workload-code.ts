import { TAG } from "../../../contracts/tags.ts";
import { AWS_CALLS } from "../../../releases/aws-calls.ts";
import { MCP_CONTRACTS } from "../../../releases/tool-catalogue.ts";
import type { Placed } from "../../engine/platform.ts";
import { majorOf } from "../../facts/versions.ts";

/** What a workload's code calls, by action, with the files that call it. */
export interface WorkloadCode {
  readonly bundle: string;
  /** What it surely calls: without a grant of each it does not work. */
  readonly calls: ReadonlyMap<string, readonly string[]>;
  /** What else it may call: an older major is older code, of which the contract says what its tools call. */
  readonly mayCall: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** What the code of a bundle calls; `undefined` for one whose sources are not here. */
export function codeOf(bundle: string, placed: Placed): WorkloadCode | undefined {
  const calls = AWS_CALLS[bundle];
  if (calls === undefined) return undefined;
  const files = new Map(Object.entries(calls));
  const service = bundle.replace(/^mcp-/, "");
  const majors = MCP_CONTRACTS[service] ?? {};
  const major = String(majorOf(placed.resource.tag(TAG.version)) ?? "");
  const contract = majors[major];
  if (contract === undefined) return { bundle, calls: files, mayCall: NOTHING };
  if (Object.keys(majors).every((it) => Number(it) <= Number(major)))
    return { bundle, calls: files, mayCall: new Set(contract.awsCalls) };
  const declared = new Map(contract.awsCalls.map((it) => [it, [`the contract of ${service} ${major}`]]));
  return { bundle, calls: declared, mayCall: new Set(files.keys()) };
}
