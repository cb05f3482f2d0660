import { TAG } from "../../contracts/tags.ts";
import type { Statement } from "../identity/policy-document.ts";

/** The stack that a role deploys, and what it may be in touch with. */
export interface ExecutionScope {
  readonly account: string;
  /** Address of the stack. */
  readonly address: string;
  /** Where its resources are: the stack's own region first, then the standby of the same residency. */
  readonly regions: readonly string[];
  /** Patterns of the DNS names that it may write into zones of the account. */
  readonly names: readonly string[];
  /** ARNs of the Transit Gateways to which the network of its region is attached: another account's, without a tag of the stack. */
  readonly transitGateways: readonly string[];
  /** ARNs of the permissions boundaries that it may give to the roles that it makes. */
  readonly boundaries: readonly string[];
}

/** Statements that allow some of the actions that a stack needs, where its tag does not say what is the stack's own. */
export interface Exception {
  readonly takes: (action: string) => boolean;
  readonly statements: (actions: readonly string[], scope: ExecutionScope) => readonly Statement[];
}

type Values = string | readonly string[];

/** A statement that allows the actions; none for no action. */
export function allow(
  Action: readonly string[],
  Resource: Values,
  Condition?: Statement["Condition"],
): readonly Statement[] {
  return Action.length === 0 || Resource.length === 0
    ? []
    : [{ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) }];
}

/** What a resource of the stack carries: the tag by which all others are told from it. */
export function ownTag({ address }: ExecutionScope): Readonly<Record<string, string>> {
  return { [`aws:ResourceTag/${TAG.stack}`]: address };
}

/** Resources of a service in each region of the stack, by what follows the account in their ARNs. */
export function inRegions(service: string, { account, regions }: ExecutionScope, resource: string): readonly string[] {
  return regions.map((it) => `arn:aws:${service}:${it}:${account}:${resource}`);
}
