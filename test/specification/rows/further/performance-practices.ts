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
    status: "decided",
    code: ["services/libraries/service-kit/tokens/token-claims.ts", "services/gateway-interceptor/records.ts"],
    decisions: ["tokenization and pseudonyms"],
  },
  {
    id: "PF.37",
    asks: "best practices “Design for Failure”, “Regional Autonomy”, “Eventual Consistency”",
    status: "partly",
    code: ["docs/failover.md"],
    proofs: ["standbys-hold-what-a-region-holds"],
    tests: ["test/policies/proofs/work/lost-regions.test.ts"],
    lacks: "A failover that was practised on AWS",
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
    code: ["docs/recovery.md", "docs/failover.md", "components/backup/restore-tests.ts", "services/gateway-canary"],
    rules: ["backups-are-restored", "gateways-are-tried"],
    tests: ["test/policies/proofs/work/lost-regions.test.ts"],
    lacks: "A drill of failover on AWS: that of the tests loses a region in the model",
  },
];
