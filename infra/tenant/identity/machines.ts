import { MachineIdentity } from "../../../components/identity/machine-identity.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { MACHINE_USES, type MachineUse } from "../../../environments/callers/machines.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import type { PoolFeature } from "./pool.ts";

/** A system of the company with an identity of its own at one gateway. */
export interface RegisteredMachine {
  readonly name: string;
  readonly use: MachineUse;
  readonly scenario: Scenario;
  readonly identity: MachineIdentity;
}

/** The systems that call the tenant's gateways and are no agents. */
export interface MachinesFeature extends Feature {
  readonly all: readonly RegisteredMachine[];
}

/** The name under which a machine's resources are registered; no agent and no BFF has one that begins so. */
export function machineService(name: string): string {
  return `machine-${name}`;
}

/** Declares the client of each system that the environment registers for the tenant; there are none without a pool. */
export function tenantMachines(
  { address, opts }: TenantContext,
  { key: { dataKey: key }, pool: { pool, servers } }: { readonly key: TenantKey; readonly pool: PoolFeature },
): MachinesFeature {
  if (pool === undefined) return { all: [], resources: [] };
  const all = Object.entries(address.tenant.machines ?? {}).flatMap(
    ([name, { use, scenario }]): RegisteredMachine[] => {
      const server = servers.find((it) => it.scenario === scenario);
      if (server === undefined) throw new TypeError(`${name} calls a gateway that the tenant does not have`);
      const wanted = MACHINE_USES[use].scopes.map((it) => `${server.identifier}/${it.replace(":", ".")}`);
      const scopes = server.scopes.apply((own) => own.filter((it) => wanted.includes(it)));
      const description = `${name}, a ${use} machine`;
      const identity = new MachineIdentity(machineService(name), { pool, description, scopes, key }, opts);
      return [{ name, use, scenario, identity }];
    },
  );
  return { all, resources: all.map((it) => it.identity) };
}
