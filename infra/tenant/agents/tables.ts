import type * as pulumi from "@pulumi/pulumi";
import { KeyedTable } from "../../../components/data/keyed-table.ts";
import { eventsOf } from "../../../contracts/agents/choreography.ts";
import type { AgentEventEnvironment } from "../../../contracts/agents/environment.ts";
import { callsOf, MOST_CALLS } from "../bff/calls.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import { agentService } from "./agents.ts";
import type { AgentIdentities, RegisteredAgent } from "./identities.ts";

/** What an agent keeps, by the variable that names it to the process. */
type Kept = keyof Pick<AgentEventEnvironment, "TASKS_TABLE" | "EVENTS_TABLE">;

/** What the tenant's agents keep, each in tables of its own. */
export interface AgentTables extends Feature {
  /** Names of tables of an agent, by the agent's name. */
  readonly names: Readonly<Record<string, Readonly<Partial<Record<Kept, pulumi.Output<string>>>>>>;
  /** All of them, by names that no other table of the tenant has. */
  readonly all: Readonly<Record<string, KeyedTable>>;
}

/** Declares the tables of every agent, under the tenant's key: of its tasks, and of what it has heard if it hears events. */
export function agentTables(
  context: TenantContext,
  { key, agents }: { readonly key: TenantKey; readonly agents: AgentIdentities },
): AgentTables {
  const declared = agents.all.flatMap((agent) => [
    tableOf(agent, context, { key, kept: "TASKS_TABLE", of: "tasks" }),
    ...(eventsOf(agent.name) === undefined
      ? []
      : [tableOf(agent, context, { key, kept: "EVENTS_TABLE", of: "events" })]),
  ]);
  const byAgent = Map.groupBy(declared, (it) => it.agent);
  return {
    names: Object.fromEntries(
      [...byAgent].map(([name, all]) => [name, Object.fromEntries(all.map((it) => [it.kept, it.table.tableName]))]),
    ),
    all: Object.fromEntries(declared.map((it) => [it.name, it.table])),
    resources: declared.flatMap((it) => [it.table, ...it.granted]),
  };
}

interface Of {
  readonly key: TenantKey;
  readonly kept: Kept;
  readonly of: string;
}

function tableOf(agent: RegisteredAgent, { place, opts }: TenantContext, { key, kept, of }: Of) {
  const service = agentService(agent);
  const name = `${service}-${of}`;
  const table = new KeyedTable(name, { place, key: key.dataKey, hasParts: true }, opts);
  const calls = callsOf(service, MOST_CALLS.table);
  const granted = calls.length === 0 ? [] : [table.grantCalls(name, agent.identity.role, calls)];
  return { agent: agent.name, kept, name, table, granted };
}
