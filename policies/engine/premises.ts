/** One of the eight premises of the specification, or the residency of data. */
export type PremiseId = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | "residency";

/** One architectural premise: its titles, and where its rules are. */
export interface Premise {
  readonly id: PremiseId;
  /** The title in the specification, in Portuguese, so that it can be found there. */
  readonly titulo: string;
  readonly title: string;
  /** The folder of its rules, below `policies/`. */
  readonly folder: string;
  /** What the published names of its rules begin with. */
  readonly prefix: string;
}

/** The premises in the order of the specification, then residency. */
export const PREMISES: readonly Premise[] = [
  {
    id: 1,
    titulo: "Centralização de Acesso via AgentCore Gateway",
    title: "Access only through AgentCore Gateway",
    folder: "premise-1-gateway-only",
    prefix: "p1",
  },
  {
    id: 2,
    titulo: "Comunicação Agent-to-Agent (A2A) para Extensibilidade",
    title: "Agents extend each other by A2A",
    folder: "premise-2-agent-to-agent",
    prefix: "p2",
  },
  {
    id: 3,
    titulo: "Integração com Recursos VPC Privada",
    title: "Integration with a private VPC",
    folder: "premise-3-private-network",
    prefix: "p3",
  },
  {
    id: 4,
    titulo: "Acesso Direto via MCP Clients com DCR",
    title: "Direct access by registered MCP clients",
    folder: "premise-4-registered-clients",
    prefix: "p4",
  },
  {
    id: 5,
    titulo: "Isolamento de Tenancy",
    title: "Tenant isolation",
    folder: "premise-5-tenant-isolation",
    prefix: "p5",
  },
  {
    id: 6,
    titulo: "Versionamento e Compatibilidade",
    title: "Versioning and compatibility",
    folder: "premise-6-versioning",
    prefix: "p6",
  },
  {
    id: 7,
    titulo: "Observabilidade como Cidadão de Primeira Classe",
    title: "Observability as a first-class citizen",
    folder: "premise-7-observability",
    prefix: "p7",
  },
  {
    id: 8,
    titulo: "Princípio de Least Privilege",
    title: "Least privilege",
    folder: "premise-8-least-privilege",
    prefix: "p8",
  },
  {
    id: "residency",
    titulo: "Data Residency e Sovereignty",
    title: "Data stays in its residency",
    folder: "residency",
    prefix: "residency",
  },
];

/** The premise of an id; throws `TypeError` for an unknown one. */
export function premiseOf(id: PremiseId): Premise {
  const found = PREMISES.find((it) => it.id === id);
  if (found === undefined) throw new TypeError(`unknown premise ${id}`);
  return found;
}
