import type { Scenario } from "../../contracts/scenarios.ts";
import { giveBack, keepPort } from "./kept-ports.ts";

/** The ports that somebody outside must know. */
export interface Ports {
  readonly developers: number;
  readonly machines: number;
  of(tenant: string, scenario: Scenario): number;
  /** Of the BFF for a tenant's consumers. */
  consumerBffOf(tenant: string): number;
  /** Gives back those on which nothing listens yet. */
  stop(): Promise<void>;
}

/** Whose gateways need ports. */
export interface Listeners {
  readonly id: string;
  readonly scenarios: readonly Scenario[];
}

/** Ports that other programs have taken; the message names each and what it is for. */
export class PortError extends Error {
  readonly code = "ERR_PORT";

  constructor(taken: readonly string[]) {
    super(`taken: ${taken.join(", ")}. End what listens there, or choose other ports with --port`);
    this.name = "PortError";
  }
}

/**
 * Two ports for the issuers, one for each gateway and then one for each BFF of consumers, from `first` on; free ones without it. They are kept
 * until their servers listen. Throws `PortError` with all that are taken, and keeps none then.
 */
export async function portsFrom(first: number | undefined, tenants: readonly Listeners[]): Promise<Ports> {
  const gateways = tenants.flatMap(({ id, scenarios }) => scenarios.map((it) => `${id} ${it}`));
  const bffs = tenants.filter((it) => it.scenarios.includes("b2c")).map((it) => it.id);
  const uses = [
    "the developers' issuer",
    "the machines' issuer",
    ...gateways.map((it) => `the gateway ${it}`),
    ...bffs.map((it) => `the chat page of ${it}`),
  ];
  const tried = await Promise.allSettled(
    uses.map((use, index) => kept(first === undefined ? undefined : first + index, use)),
  );
  const found = tried.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(found.map(giveBack));
  };
  const failures = tried.flatMap((it) => (it.status === "rejected" ? [it.reason as unknown] : []));
  const taken = failures.filter((it) => it instanceof TakenPort);
  if (failures.length > 0) await stop();
  if (taken.length < failures.length) throw new AggregateError(failures, "no port can be listened on");
  if (taken.length > 0) throw new PortError(taken.map((it) => it.message));
  const [developers = 0, machines = 0, ...rest] = found;
  return {
    developers,
    machines,
    of: (tenant, scenario) => rest[gateways.indexOf(`${tenant} ${scenario}`)] ?? 0,
    consumerBffOf: (tenant) => rest[gateways.length + bffs.indexOf(tenant)] ?? 0,
    stop,
  };
}

/** One port that is taken. */
class TakenPort extends Error {}

async function kept(port: number | undefined, use: string): Promise<number> {
  try {
    return await keepPort(port);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? new TakenPort(`${port} (${use})`) : error;
  }
}
