import { development } from "./development.ts";
import { type Fault, faultsOf } from "./faults.ts";
import { production } from "./production.ts";
import type { Environment } from "./schema.ts";
import { staging } from "./staging.ts";

/** Every environment that can be deployed, by name. */
export const environments: Readonly<Record<string, Environment>> = { development, production, staging };

/** The data of an environment is wrong; the message tells every fault with its file and its key. */
export class EnvironmentError extends Error {
  readonly code = "ERR_ENVIRONMENT";
  readonly faults: readonly Fault[];

  constructor(name: string, faults: readonly Fault[]) {
    const lines = faults.map(({ file, key, message }) => `  ${file}: ${key === "" ? "" : `${key}: `}${message}`);
    const count = `${faults.length} ${faults.length === 1 ? "fault" : "faults"}`;
    super([`the data of "${name}" has ${count}; nothing was done:`, ...lines].join("\n"));
    this.name = "EnvironmentError";
    this.faults = faults;
  }
}

/** What was found in the data, once for each set of environments: it does not change, and a plan of many stacks asks for each of them. */
const known = new WeakMap<Readonly<Record<string, Environment>>, Map<string, readonly Fault[]>>();

/** Throws `EnvironmentError` unless the data of the environment `name` is sound. */
export function requireSound(name: string, all: Readonly<Record<string, Environment>> = environments): void {
  const found = known.get(all) ?? new Map<string, readonly Fault[]>();
  known.set(all, found);
  const faults = found.get(name) ?? faultsOf(name, all);
  found.set(name, faults);
  if (faults.length > 0) throw new EnvironmentError(name, faults);
}
