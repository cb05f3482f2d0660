import { parseAddress } from "../../../environments/address.ts";
import { type Finding, type Layer, missingFor } from "../../doctor/check.ts";
import { doctorText } from "../text/doctor-text.ts";
import { say } from "../text/terminal.ts";
import { failure } from "./deployment.ts";
import type { StackResult } from "./stack-result.ts";

/** The layer of the stack at an address; throws `AddressError` where there is none. */
export function layerOf(address: string): Layer {
  return parseAddress(address).layer;
}

/** The stacks that need what is missing, such as an image for a registry which the same deployment makes. */
export function waitingAmong(addresses: readonly string[], findings: readonly Finding[]): readonly string[] {
  return addresses.filter((it) => missingFor(layerOf(it), findings).length > 0);
}

/** What stands for a stack that waits. */
export function leftOut(address: string, findings: readonly Finding[]): StackResult {
  const missing = missingFor(layerOf(address), findings).map((it) => `${it.check}: ${it.detail} (${it.next ?? ""})`);
  return failure(address, "up", "left out", `not begun, because this is missing: ${missing.join("; ")}`);
}

/** Says what waits, and for what; nothing where nothing does. */
export function sayWaiting(waiting: readonly string[], findings: readonly Finding[]): void {
  if (waiting.length === 0) return;
  say(`\nNot begun: ${waiting.join(", ")}. Do what is missing, then run the same command again.`);
  say(doctorText(missingFor("tenant", findings)));
}
