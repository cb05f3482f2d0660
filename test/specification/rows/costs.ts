import type { Row } from "../row.ts";

/** Custos e Otimização (9). */
export const COSTS: readonly Row[] = [
  {
    id: "CO.1",
    asks: "three cost distributions (45/30/15/10; 45/15/20/10/10; 8/45/20/12/8/7)",
    status: "missing",
    lacks: "Cost model: quantities × dated prices",
  },
  { id: "CO.2", asks: "Spot Instances 70%", status: "missing", lacks: "Spot for what may be interrupted" },
  {
    id: "CO.3",
    asks: "Reserved Instances 40%, Regional Pricing 15%",
    status: "missing",
    lacks: "Savings Plans advice",
  },
  {
    id: "CO.4",
    asks: "Data Compression 60%, Regional Caching 80%, CloudFront CDN 50%",
    status: "missing",
    lacks: "No cache, no CDN",
  },
  {
    id: "CO.5",
    asks: "AWS Budgets Multi-Region",
    status: "partly",
    code: ["infra/environment/account.ts"],
    lacks: "A budget for each tenant",
  },
  {
    id: "CO.6",
    asks: "Cost Explorer Regional Analysis",
    status: "partly",
    code: ["infra/environment/account.ts"],
    lacks: "Cost allocation tags that are switched on; anomalies are looked for",
  },
  {
    id: "CO.7",
    asks: "Resource Tagging Region + Environment",
    status: "partly",
    code: ["contracts/tags.ts"],
    lacks: "Region, cost centre; activation for billing",
  },
  {
    id: "CO.8",
    asks: "Primary 100% / Secondary Standby / Tertiary Development",
    status: "partly",
    lacks: "Standby is as large as the primary and empty",
  },
  {
    id: "CO.9",
    asks: "prices EKS $0.10/h, m6i.large $0.0864/$0.0922",
    status: "missing",
    lacks: "Prices as data; the second is not AWS's",
  },
  {
    id: "CO.10",
    asks: "prices Fargate, transfer, Route 53, CloudFront, WAF",
    status: "missing",
    lacks: "Prices as data; that of AWS WAF is not AWS's",
  },
  { id: "CO.11", asks: "9.2 Compressão, Deduplicação, Delta Sync", status: "missing", lacks: "Nothing of it" },
  { id: "CO.12", asks: "9.2 Right Sizing, Scheduled Scaling", status: "missing", lacks: "Nothing of it" },
  {
    id: "CO.13",
    asks: "9.2 Intelligent Tiering, Replicação seletiva, Compression at Rest",
    status: "missing",
    lacks: "Nothing of it",
  },
  {
    id: "CO.14",
    asks: "9.2 Lifecycle Policies",
    status: "partly",
    code: ["components/data/tenant-bucket.ts", "components/compute/image-registry.ts"],
    tests: ["test/components/data/tenant-bucket.test.ts", "test/infra/environment/images.test.ts"],
    lacks: "Expiry or archive of live data",
  },
];
