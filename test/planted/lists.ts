import { eventCuts } from "./cuts/events.ts";
import { grantCuts } from "./cuts/grants.ts";
import { nameCuts } from "./cuts/names.ts";
import { networkCuts } from "./cuts/networks.ts";
import { signalCuts } from "./cuts/signals.ts";
import { tokenCuts } from "./cuts/tokens.ts";
import { workloadCuts } from "./cuts/workloads.ts";
import type { Planted } from "./environment.ts";
import { agentLeaks } from "./leaks/agents.ts";
import { eventLeaks } from "./leaks/events.ts";
import { identityLeaks } from "./leaks/identities.ts";
import { keyLeaks } from "./leaks/keys.ts";
import { moverLeaks } from "./leaks/movers.ts";
import { nameLeaks } from "./leaks/names.ts";
import { networkLeaks } from "./leaks/networks.ts";
import { podLeaks } from "./leaks/pods.ts";
import { storeLeaks } from "./leaks/stores.ts";
import { telemetryLeaks } from "./leaks/telemetry.ts";
import { tokenLeaks } from "./leaks/tokens.ts";

/** From the attacker's side, by theme. */
export const LEAKS: Readonly<Record<string, readonly Planted[]>> = {
  agents: agentLeaks,
  events: eventLeaks,
  identities: identityLeaks,
  keys: keyLeaks,
  movers: moverLeaks,
  names: nameLeaks,
  networks: networkLeaks,
  pods: podLeaks,
  stores: storeLeaks,
  telemetry: telemetryLeaks,
  tokens: tokenLeaks,
};

/** From the operator's side, by theme. */
export const CUTS: Readonly<Record<string, readonly Planted[]>> = {
  events: eventCuts,
  grants: grantCuts,
  names: nameCuts,
  networks: networkCuts,
  signals: signalCuts,
  tokens: tokenCuts,
  workloads: workloadCuts,
};
