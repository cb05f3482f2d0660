import { readFile } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { McpService } from "../../releases/releases.ts";
import { PROJECT } from "../engine/folders.ts";
import { ReleaseProblem } from "./release-problem.ts";
import type { Step } from "./release-steps.ts";
import { servicesIn, withService } from "./releases-file.ts";

/** Where the release data is. */
export const RELEASES_FILE = path.join(PROJECT, "releases/releases.ts");

/** A step that was taken, or would be. */
export interface Edit extends Step {
  /** Whether the release data is, or would be, another than before. */
  readonly changed: boolean;
}

/** What the release data says, as it is on disk. */
export async function readServices(file = RELEASES_FILE): Promise<Readonly<Record<string, McpService>>> {
  return servicesIn(await readFile(file, "utf8"));
}

/** Takes a step with one service and writes the release data at once or, for a dry run, not at all. */
export async function editService(
  name: string,
  step: (service: McpService) => Step,
  { dryRun, file = RELEASES_FILE }: { readonly dryRun: boolean; readonly file?: string },
): Promise<Edit> {
  const before = await readFile(file, "utf8");
  const services = servicesIn(before);
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  if (service === undefined)
    throw new ReleaseProblem(`unknown service "${name}"; valid: ${Object.keys(services).sort().join(", ")}`);
  const taken = step(service);
  const after = await withService(before, name, taken.service);
  const changed = after !== before;
  if (changed && !dryRun) await writeFileAtomic(file, after);
  return { ...taken, changed };
}
