import { environment } from "./schema.ts";

/** The proof of concept of the specification: agents run on AgentCore Runtime, one region, one tenant. */
export const development = environment({
  name: "development",
  account: "333344445555",
  domain: "dev.agents.example.com",
  repository: "example/alicerce",
  agentHosting: "runtime",
  models: { us: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
  alerts: ["dev-alerts@example.com"],
  regions: {
    "us-east-1": {
      cidr: "10.48.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge"],
      agents: { min: 1, max: 2, targetCpuPercent: 75 },
    },
  },
  tenants: {
    "acme-corp": { residency: "us", regions: ["us-east-1"], scenarios: ["internal", "b2c"] },
  },
});
