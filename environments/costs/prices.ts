import type { Region } from "../residency.ts";

/** What is paid for one unit, in US dollars without tax and discounts, in the three regions whose list prices were read. */
export interface Price {
  /** The category of the specification's cost distributions. */
  readonly category: Category;
  readonly service: string;
  readonly unit: string;
  readonly usd: { readonly "us-east-1": number; readonly "eu-west-1": number; readonly "ap-southeast-1": number };
  /** Where it was read, and when. */
  readonly source: string;
  /** False where it was compared with no list of AWS in one of the regions or more. */
  readonly isChecked: boolean;
}

/** What the specification's pie charts call parts of the costs. */
export type Category =
  "EKS control plane" | "EC2" | "AgentCore" | "Cognito" | "CloudWatch" | "transfer" | "global" | "storage" | "other";

/** The newest day on which one of the prices was read in AWS's price list. */
export const PRICES_OF = "2026-08-12";

const LIST = "AWS Price List, read 2026-08-12";
const PAGE = "published price, read 2026-07";

/** A price that is commonly published, which was compared with no list: change it when you know better. */
const UNCHECKED = "commonly published, compared with no list";

const price = (
  [category, service, unit]: readonly [Category, string, string],
  usd: number | readonly [us: number, eu: number, ap: number],
  source: string = LIST,
): Price => {
  const [us, eu, ap] = typeof usd === "number" ? [usd, usd, usd] : usd;
  return {
    ...{ category, service, unit, source, isChecked: source !== UNCHECKED },
    usd: { "us-east-1": us, "eu-west-1": eu, "ap-southeast-1": ap },
  };
};

/** Prices of what the platform uses. Where the specification's section 9.1 differs, AWS's own list is taken: docs/decisions.md. */
export const PRICES = {
  "eks-cluster": price(["EKS control plane", "Amazon EKS", "hour"], 0.1),
  "m6i.large": price(["EC2", "Amazon EC2", "hour"], [0.096, 0.107, 0.12], UNCHECKED),
  "m6i.xlarge": price(["EC2", "Amazon EC2", "hour"], [0.192, 0.214, 0.24], UNCHECKED),
  "c6i.2xlarge": price(["EC2", "Amazon EC2", "hour"], [0.34, 0.365, 0.392], UNCHECKED),
  "nat-gateway": price(["transfer", "Amazon VPC", "hour"], [0.045, 0.048, 0.059]),
  "nat-gib": price(["transfer", "Amazon VPC", "GB"], [0.045, 0.048, 0.059]),
  "transfer-out": price(["transfer", "data transfer", "GB"], [0.09, 0.09, 0.12]),
  "transfer-region": price(["transfer", "data transfer", "GB"], [0.02, 0.02, 0.09], UNCHECKED),
  endpoint: price(["transfer", "Amazon VPC", "hour in a zone"], [0.01, 0.011, 0.013]),
  "transit-attachment": price(["transfer", "AWS Transit Gateway", "hour"], [0.05, 0.05, 0.07], UNCHECKED),
  "encryption-control": price(["transfer", "Amazon VPC", "hour"], [0.15, 0.16, 0.2], UNCHECKED),
  "public-address": price(["transfer", "Amazon VPC", "hour"], 0.005),
  "load-balancer": price(["global", "Elastic Load Balancing", "hour"], [0.0225, 0.0252, 0.0252], UNCHECKED),
  "hosted-zone": price(["global", "Amazon Route 53", "month"], 0.5, UNCHECKED),
  "health-check": price(["global", "Amazon Route 53", "month"], 0.5, UNCHECKED),
  "web-acl": price(["global", "AWS WAF", "month"], 5, PAGE),
  "web-acl-rule": price(["global", "AWS WAF", "month"], 1, PAGE),
  "kms-key": price(["other", "AWS KMS", "month"], 1),
  secret: price(["other", "AWS Secrets Manager", "month"], 0.4),
  alarm: price(["CloudWatch", "Amazon CloudWatch", "month"], 0.1),
  "logs-gib": price(["CloudWatch", "Amazon CloudWatch", "GB"], [0.5, 0.57, 0.7], UNCHECKED),
  "aurora-acu": price(["storage", "Amazon Aurora", "ACU-hour"], [0.12, 0.14, 0.2], UNCHECKED),
  "s3-gib": price(["storage", "Amazon S3", "GB-month"], [0.023, 0.023, 0.025]),
  "dynamodb-writes": price(["storage", "Amazon DynamoDB", "million"], [0.625, 0.705, 0.71], UNCHECKED),
  "lambda-gib-second": price(["other", "AWS Lambda", "GB-second"], 0.0000166667),
  "runtime-vcpu": price(["AgentCore", "AgentCore Runtime", "vCPU-hour"], 0.0895, PAGE),
  "runtime-gib": price(["AgentCore", "AgentCore Runtime", "GB-hour"], 0.00945, PAGE),
  "gateway-calls": price(["AgentCore", "AgentCore Gateway", "thousand"], 0.005, PAGE),
  "gateway-decisions": price(["AgentCore", "AgentCore Policy", "thousand"], 0.025, PAGE),
  "machine-tokens": price(["Cognito", "Amazon Cognito", "thousand"], 2.25, PAGE),
} as const satisfies Readonly<Record<string, Price>>;

/** The name of a price. */
export type Priced = keyof typeof PRICES;

/** Regions whose prices were not read: by those of another region, and how many times as much. */
const STAND_INS: Readonly<Record<Region, readonly [keyof Price["usd"], number]>> = {
  "us-east-1": ["us-east-1", 1],
  "us-west-2": ["us-east-1", 1],
  "eu-west-1": ["eu-west-1", 1],
  "eu-central-1": ["eu-west-1", 1.08],
  "ap-southeast-1": ["ap-southeast-1", 1],
  "ap-southeast-2": ["ap-southeast-1", 1],
  "sa-east-1": ["us-east-1", 1.6],
};

/** What a unit costs in a region, in US dollars; what is in no region costs what it does in us-east-1. */
export function priceIn(priced: Priced, region: Region | undefined): number {
  const [like, times] = STAND_INS[region ?? "us-east-1"];
  return PRICES[priced].usd[like] * times;
}
