import type { Row } from "../../row.ts";

/** Escalabilidade e Performance (8): privacy and best practices. */
export const PERFORMANCE_PRACTICES: readonly Row[] = [
  {
    id: "PF.35",
    asks: "“EU Processing Only”, “EU Storage Only”, “US Processing/Storage Allowed”",
    status: "built",
    code: ["environments/residency.ts", "components/agents/model-access.ts"],
    proofs: ["flows-stay-in-the-residency"],
  },
  {
    id: "PF.36",
    asks: "“Data Tokenization”, “Data Pseudonymization”",
    status: "partly",
    code: ["services/libraries/service-kit/tokens/token-claims.ts", "services/gateway-interceptor/records.ts"],
    lacks: "Tokenization; ids of people are the issuer's opaque ones, under no key of ours",
  },
  {
    id: "PF.37",
    asks: "best practices “Design for Failure”, “Regional Autonomy”, “Eventual Consistency”",
    status: "partly",
    proofs: ["standbys-hold-what-a-region-holds"],
    lacks: "A failover that was practised",
  },
  {
    id: "PF.38",
    asks: "best practice “Data Locality”",
    status: "built",
    code: ["environments/schema.ts", "policies/residency"],
    proofs: ["flows-stay-in-the-residency"],
  },
  {
    id: "PF.39",
    asks: "best practices “Monitoring Proativo”, “Testes regulares de failover e DR”",
    status: "partly",
    code: ["docs/recovery.md", "components/backup/restore-tests.ts"],
    rules: ["backups-are-restored"],
    lacks: "A drill of failover",
  },
];
