import { createServer, type AddressInfo, type Server } from "node:net";
import type { Scenario } from "../../contracts/scenarios.ts";

/** The ports that somebody outside must know. */
export interface Ports {
  readonly developers: number;
  readonly machines: number;
  of(tenant: string, scenario: Scenario): number;
  /** Of the BFF for a tenant's consumers. */
  consumerBffOf(tenant: string): number;
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
 * Two ports for the issuers, one for each gateway and then one for each BFF of consumers, from `first` on; free ones without it. Throws `PortError` with all that are taken,
 * and leaves nothing listening.
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
    uses.map((use, index) => listening(first === undefined ? 0 : first + index, use)),
  );
  const free = tried.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
  const found = free.map((it) => (it.address() as AddressInfo).port);
  await Promise.all(free.map((it) => new Promise((resolve) => it.close(resolve))));
  const failures = tried.flatMap((it) => (it.status === "rejected" ? [it.reason as unknown] : []));
  const taken = failures.filter((it) => it instanceof TakenPort);
  if (taken.length < failures.length) throw new AggregateError(failures, "no port can be listened on");
  if (taken.length > 0) throw new PortError(taken.map((it) => it.message));
  const [developers = 0, machines = 0, ...rest] = found;
  return {
    developers,
    machines,
    of: (tenant, scenario) => rest[gateways.indexOf(`${tenant} ${scenario}`)] ?? 0,
    consumerBffOf: (tenant) => rest[gateways.length + bffs.indexOf(tenant)] ?? 0,
  };
}

/** One port that is taken. */
class TakenPort extends Error {}

function listening(port: number, use: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new TakenPort(`${port} (${use})`) : error),
    );
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
