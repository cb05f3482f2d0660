import { type Scope, SCOPES } from "../../contracts/scopes.ts";

/** For what a company registers a machine that is no agent (specification, "Dynamic Client Registration", use cases), and what it may ask for. */
export const MACHINE_USES = {
  /** A system of before, such as one of the warehouse. */
  legacy: { scopes: SCOPES },
  /** A program that runs by itself from time to time. */
  batch: { scopes: SCOPES },
  /** A tool that watches: it changes nothing. */
  monitoring: { scopes: ["mcp:read"] },
} as const satisfies Readonly<Record<string, { readonly scopes: readonly Scope[] }>>;

/** One of `MACHINE_USES`. */
export type MachineUse = keyof typeof MACHINE_USES;

/** Their names. */
export const machineUses = Object.keys(MACHINE_USES) as [MachineUse, ...MachineUse[]];
