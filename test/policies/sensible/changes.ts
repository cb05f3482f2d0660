import { DATA } from "./data.ts";
import { IDENTITY } from "./identity.ts";
import { MESSAGING } from "./messaging.ts";
import { NETWORK } from "./network.ts";
import { OPERATIONS } from "./operations.ts";
import { PROXY } from "./proxy.ts";
import type { SensibleChange } from "./sensible-change.ts";
import { WORKLOADS } from "./workloads.ts";

/** Every sensible change, by a sentence that says what it is. */
export const SENSIBLE_CHANGES: Readonly<Record<string, SensibleChange>> = {
  ...DATA,
  ...IDENTITY,
  ...MESSAGING,
  ...NETWORK,
  ...OPERATIONS,
  ...PROXY,
  ...WORKLOADS,
};
