import { createServer, type AddressInfo, type Server } from "node:net";
import type { Scenario } from "../../contracts/scenarios.ts";
import type { LocalTenant } from "./local-tenants.ts";

/** The ports that somebody outside must know. */
export interface Ports {
  readonly developers: number;
  readonly machines: number;
  of(tenant: string, scenario: Scenario): number;
}

/** A port that is taken by another program. */
export class PortError extends Error {
  readonly code = "ERR_PORT";

  constructor(port: number) {
    super(`port ${port} is taken: end what listens there, or choose others with --port`);
    this.name = "PortError";
  }
}

/** Two ports for the issuers and one for each gateway, from `first` on; free ones without it. Throws `PortError` for one that is taken. */
export async function portsFrom(first: number | undefined, tenants: readonly LocalTenant[]): Promise<Ports> {
  const gateways = tenants.flatMap(({ id, scenarios }) => scenarios.map((it) => `${id} ${it}`));
  const free = await Promise.all(
    Array.from({ length: gateways.length + 2 }, (_, index) => listening(first === undefined ? 0 : first + index)),
  );
  const found = free.map((it) => (it.address() as AddressInfo).port);
  await Promise.all(free.map((it) => new Promise((resolve) => it.close(resolve))));
  const [developers = 0, machines = 0, ...rest] = found;
  return {
    developers,
    machines,
    of: (tenant, scenario) => rest[gateways.indexOf(`${tenant} ${scenario}`)] ?? 0,
  };
}

function listening(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", () => reject(new PortError(port)));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
