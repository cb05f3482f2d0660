import { addressesOf, AddressError, parseAddress } from "../../environments/address.ts";
import { environments, requireSound } from "../../environments/index.ts";
import { deployedAmong, deployedStacks, stacksWithState } from "../engine/state/deployed.ts";
import type { Folders } from "../engine/folders.ts";
import { requireSources } from "./data-sources.ts";
import { UsageError } from "./exit-code.ts";

/** The stacks that a command is about. */
export interface Selection {
  readonly environment: string;
  /** In an order in which each comes after those it reads from. */
  readonly addresses: readonly string[];
}

/** The stacks that a command plans, among all stacks of their environment. */
export interface PlannedSelection extends Selection {
  /** Every stack of the environment, in such an order. */
  readonly all: readonly string[];
}

/**
 * Reads the environment argument and `--stack`; throws `AddressError` or `UsageError`, and `EnvironmentError` or `SourceError` when
 * the data of the environment is wrong.
 */
export async function select(environment: string | undefined, stack: string | undefined): Promise<PlannedSelection> {
  await requireSources();
  if (stack === undefined) {
    const all = addressesIn(environment ?? "production");
    return { environment: environment ?? "production", addresses: all, all };
  }
  const { environment: owner } = parseAddress(stack);
  requireSame(environment, owner.name, stack);
  return { environment: owner.name, addresses: [stack], all: addressesIn(owner.name) };
}

/**
 * The stacks of an environment, or the one named, of which something is deployed, whether or not the data still has them; throws
 * as `select` does.
 */
export async function selectDeployed(
  environment: string | undefined,
  stack: string | undefined,
  folders: Folders,
): Promise<Selection> {
  await requireSources();
  const owner = (stack ?? environment ?? "").split(".", 1)[0] ?? "";
  const deployed = (await deployedStacks(folders)).filter((it) => isBelow(it, owner));
  if (isKnown(owner)) requireSound(owner);
  if (stack === undefined) {
    if (deployed.length === 0) addressesIn(owner);
    return { environment: owner, addresses: deployed };
  }
  requireSame(environment, owner, stack);
  if (!deployed.includes(stack)) parseAddress(stack);
  return { environment: owner, addresses: deployed.filter((it) => it === stack) };
}

/**
 * The stacks of an environment that have a state although the data has them no longer, and those of environments that are gone; whether
 * they hold anything is in the state.
 */
export async function undeclared(environment: string, folders: Folders): Promise<readonly string[]> {
  const known = isKnown(environment) ? addressesIn(environment) : [];
  return (await stacksWithState(folders)).filter(
    (it) => !known.includes(it) && (isBelow(it, environment) || !isKnown(it.split(".", 1)[0] ?? "")),
  );
}

/** Those of them of which something is deployed. */
export async function strays(environment: string, folders: Folders): Promise<readonly string[]> {
  return deployedAmong(folders, await undeclared(environment, folders));
}

/** Whether a stack is `address`, or stands on it. */
export function isBelow(stack: string, address: string): boolean {
  return stack === address || stack.startsWith(`${address}.`);
}

function isKnown(name: string): boolean {
  return Object.hasOwn(environments, name);
}

function requireSame(environment: string | undefined, owner: string, stack: string): void {
  if (environment === undefined || environment === owner) return;
  throw new UsageError(`stack "${stack}" is not in environment "${environment}"`);
}

function addressesIn(name: string): readonly string[] {
  const environment = isKnown(name) ? environments[name] : undefined;
  if (environment === undefined) throw new AddressError(`unknown environment "${name}"`, Object.keys(environments));
  requireSound(name);
  return addressesOf(environment);
}
