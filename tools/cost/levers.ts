import { SAVINGS } from "../../environments/costs/usage.ts";
import type { Estimate } from "./estimate.ts";

/** A way of saving that the specification names, and what it is worth in a month. */
export interface Lever {
  readonly name: string;
  readonly state: "built" | "advice" | "decided against" | "not built";
  readonly savedUsd: number;
  readonly why: string;
}

/** The levers of the specification's section 9.2, with what each saves, or would save, of the estimate. */
export function leversOf(estimate: Estimate): readonly Lever[] {
  const of = (...priced: readonly string[]): number =>
    estimate.lines.filter((it) => priced.includes(it.priced)).reduce((sum, it) => sum + it.usd, 0);
  const nodes = of("m6i.large", "c6i.2xlarge");
  return [
    { name: "Spot Instances", state: "built", savedUsd: estimate.savedBySpotUsd, why: "for interruptible agents" },
    {
      ...{ name: "Reserved Instances", state: "advice", savedUsd: nodes * SAVINGS.reserved },
      why: "a Savings Plan is bought for the account, not planned as a resource",
    },
    {
      ...{ name: "Data Compression", state: "not built", savedUsd: of("transfer-out") * SAVINGS.compression },
      why: "answers are sent as they are",
    },
    {
      ...{ name: "Regional Caching", state: "not built", savedUsd: of("transfer-region") * SAVINGS.caching },
      why: "tenants have no cache",
    },
    {
      ...{ name: "CloudFront CDN", state: "decided against", savedUsd: of("transfer-out") * SAVINGS.cdn },
      why: "what a CDN keeps is not in the residency",
    },
    {
      ...{ name: "Intelligent Tiering", state: "not built", savedUsd: of("s3-gib") * SAVINGS.tiering },
      why: "files stay in S3 Standard",
    },
  ];
}
