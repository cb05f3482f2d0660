import { environment } from "./schema.ts";

/** One European region, sized for rehearsals: what works here works in production. */
export const staging = environment({
  name: "staging",
  account: "222233334444",
  domain: "staging.agents.example.com",
  repository: "example/alicerce",
  agentHosting: "eks",
  models: { eu: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
  alerts: ["staging-alerts@example.com"],
  regions: {
    "eu-west-1": {
      cidr: "10.32.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge"],
      agents: { min: 1, max: 3, targetCpuPercent: 70 },
    },
  },
  tenants: {
    "xyz-gmbh": {
      residency: "eu",
      regions: ["eu-west-1"],
      scenarios: ["internal", "b2c", "b2b"],
      webhookHosts: ["hooks.partner.example.com"],
    },
  },
});
