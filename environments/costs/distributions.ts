import type { Category } from "./prices.ts";

/** The specification's pie charts, in percent. Fargate (20 %) is counted as EC2, since no pod runs there: docs/decisions.md. */
export const DISTRIBUTIONS: Readonly<Record<"production" | "proof of concept", Partial<Record<Category, number>>>> = {
  production: { "EKS control plane": 8, EC2: 65, transfer: 12, global: 8, storage: 7 },
  "proof of concept": { AgentCore: 45, Cognito: 15, transfer: 20, CloudWatch: 10, other: 10 },
};
