import { ARCHITECTURE } from "./rows/architecture.ts";
import { AUDIT } from "./rows/audit.ts";
import { AUTHENTICATION } from "./rows/authentication.ts";
import { CLIENT_CONTEXT } from "./rows/client-context.ts";
import { AI_AGENTS } from "./rows/further/agents.ts";
import { COMPONENTS } from "./rows/components.ts";
import { COSTS } from "./rows/costs.ts";
import { EKS } from "./rows/eks.ts";
import { FOR_DEVELOPERS } from "./rows/further/implementation-for-developers.ts";
import { PERFORMANCE_PRACTICES } from "./rows/further/performance-practices.ts";
import { IMPLEMENTATION } from "./rows/implementation.ts";
import { OBSERVABILITY } from "./rows/observability.ts";
import { PERFORMANCE } from "./rows/performance.ts";
import { PREMISES_OF_TENANTS } from "./rows/premises-of-tenants.ts";
import { PREMISES } from "./rows/premises.ts";
import { REFERENCES } from "./rows/references.ts";
import { SCENARIOS } from "./rows/scenarios.ts";
import { SECURITY } from "./rows/security.ts";
import type { Row } from "./row.ts";

/** The sections of the specification in its order, by their titles. */
export const SECTIONS: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  ["Premissas Arquiteturais", [...PREMISES, ...PREMISES_OF_TENANTS]],
  ["Matriz de Decisão e Cenários", SCENARIOS],
  ["Arquitetura de Alto Nível", ARCHITECTURE],
  ["Componentes Principais", [...COMPONENTS, ...AI_AGENTS]],
  ["Identificação de Dados do Cliente e Contexto (5.1 a 5.6)", [...CLIENT_CONTEXT, ...AUDIT]],
  ["Estratégia de Autenticação (4.1, 4.2)", AUTHENTICATION],
  ["Implementação Detalhada por Cenário (5.1 a 5.4)", [...FOR_DEVELOPERS, ...IMPLEMENTATION]],
  ["EKS e Segurança de Rede (5.2, 5.3)", EKS],
  ["Monitoramento e Observabilidade (6)", OBSERVABILITY],
  ["Segurança (7)", SECURITY],
  ["Escalabilidade e Performance (8)", [...PERFORMANCE, ...PERFORMANCE_PRACTICES]],
  ["Custos e Otimização (9)", COSTS],
  ["Referências, Conformidade, Próximos Passos", REFERENCES],
];
