import { addressesOf, AddressError, parseAddress } from "../../environments/address.ts";
import { environments } from "../../environments/index.ts";
import { UsageError } from "./exit-code.ts";

/** The stacks that a command is about. */
export interface Selection {
  readonly environment: string;
  /** In an order in which each comes after those it reads from. */
  readonly addresses: readonly string[];
}

/** Reads the environment argument and `--stack`; throws `AddressError` or `UsageError`. */
export function select(environment: string | undefined, stack: string | undefined): Selection {
  if (stack === undefined)
    return { environment: environment ?? "production", addresses: addressesIn(environment ?? "production") };
  const { environment: owner } = parseAddress(stack);
  if (environment !== undefined && environment !== owner.name) {
    throw new UsageError(`stack "${stack}" is not in environment "${environment}"`);
  }
  return { environment: owner.name, addresses: [stack] };
}

function addressesIn(name: string): readonly string[] {
  const environment = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (environment === undefined) throw new AddressError(`unknown environment "${name}"`, Object.keys(environments));
  return addressesOf(environment);
}
