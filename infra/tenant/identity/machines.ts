import { MachineIdentity } from "../../../components/identity/machine-identity.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { MACHINE_USES, type MachineUse } from "../../../environments/callers/machines.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import type { PoolFeature } from "./pool.ts";

/** A machine that is no agent and no BFF, with an identity of its own at one gateway. */
export interface RegisteredMachine {
  /** The name under which its resources are registered. */
  readonly service: string;
  readonly use: MachineUse;
  readonly scenario: Scenario;
  readonly identity: MachineIdentity;
}

/** What calls the tenant's gateways and is no agent. */
export interface MachinesFeature extends Feature {
  /** The systems that the environment registers, then the canaries. */
  readonly all: readonly RegisteredMachine[];
  /** What tries each gateway that machines may call. */
  readonly canaries: readonly RegisteredMachine[];
}

/** Which machine is registered. */
interface Registration extends Omit<RegisteredMachine, "identity"> {
  /** What it is, for who reads the secret's description. */
  readonly description: string;
}

/** The name of what tries the gateway of a scenario; no agent, BFF or registered system has one that begins so. */
export function canaryService(scenario: Scenario): string {
  return `canary-${scenario}`;
}

/** Declares the client of each system that the environment registers for the tenant, and of each canary; there are none without a pool. */
export function tenantMachines(
  { address, opts }: TenantContext,
  { key: { dataKey: key }, pool: { pool, servers } }: { readonly key: TenantKey; readonly pool: PoolFeature },
): MachinesFeature {
  if (pool === undefined) return { all: [], canaries: [], resources: [] };
  const registered = ({ description, ...machine }: Registration): RegisteredMachine => {
    const { service, use, scenario } = machine;
    const server = servers.find((it) => it.scenario === scenario);
    if (server === undefined) throw new TypeError(`${service} calls a gateway that the tenant does not have`);
    const wanted = MACHINE_USES[use].scopes.map((it) => `${server.identifier}/${it.replace(":", ".")}`);
    const scopes = server.scopes.apply((own) => own.filter((it) => wanted.includes(it)));
    return { ...machine, identity: new MachineIdentity(service, { pool, description, scopes, key }, opts) };
  };
  const systems = Object.entries(address.tenant.machines ?? {}).map(([name, { use, scenario }]) =>
    registered({ service: `machine-${name}`, use, scenario, description: `${name}, a ${use} machine` }),
  );
  const canaries = servers.map(({ scenario }) =>
    registered({
      ...{ service: canaryService(scenario), use: "monitoring", scenario },
      description: `what tries the gateway for ${scenario}`,
    }),
  );
  const all = [...systems, ...canaries];
  return { all, canaries, resources: all.map((it) => it.identity) };
}
