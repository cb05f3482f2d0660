import { isRecord } from "../../../contracts/json.ts";
import { TAG } from "../../../contracts/tags.ts";
import { AWS_CALLS } from "../../../releases/aws-calls.ts";
import { MCP_CONTRACTS } from "../../../releases/tool-catalogue.ts";
import type { Placed } from "../../engine/platform.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { containersOf, POD_TYPES } from "../../facts/workloads.ts";
import { majorOf } from "../../facts/versions.ts";
import { mostOfUnbuilt } from "./unbuilt-bffs.ts";

/** What a workload's code calls, by action, with the files that call it. */
export interface WorkloadCode {
  readonly bundle: string;
  /** What it surely calls: without a grant of each it does not work. */
  readonly calls: ReadonlyMap<string, readonly string[]>;
  /** What else it may call: an older major is older code, of which the contract says what its tools call. */
  readonly mayCall: ReadonlySet<string>;
}

const IMAGE = "agentRuntimeArtifact.containerConfiguration.containerUri";

const NOTHING: ReadonlySet<string> = new Set();

/** The bundle that a function, a runtime or a pod runs, by the file or the image that it names; `undefined` where it names none of ours. */
export function bundleOf({ resource: it }: Placed): string | undefined {
  if (it.type === TYPE.runtime) return bundleOfImage(it.text(IMAGE));
  if (POD_TYPES.includes(it.type)) return bundleOfPod(it);
  const program = it.at("code.assets", "index.mjs");
  const path = isRecord(program) && typeof program["path"] === "string" ? program["path"] : "";
  return /\/dist\/([\w-]+)\/index\.mjs$/.exec(path.replaceAll("\\", "/"))?.[1];
}

function bundleOfImage(image: string | undefined): string | undefined {
  return /\/alicerce\/([\w-]+)@sha256:/.exec(image ?? "")?.[1];
}

/** A pod runs a bundle if each of its containers does. */
function bundleOfPod(it: ResourceView): string | undefined {
  const bundles = containersOf(it, { withInit: true }).map((container) => bundleOfImage(container.text("image")));
  const [bundle, ...others] = new Set(bundles);
  return others.length > 0 ? undefined : bundle;
}

/** What the code of a bundle calls; `undefined` for one whose sources are not here. */
export function codeOf(bundle: string, placed: Placed): WorkloadCode | undefined {
  const most = mostOfUnbuilt(bundle);
  if (most !== undefined) return { bundle, calls: new Map(), mayCall: most };
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
