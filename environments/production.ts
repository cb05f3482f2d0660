import { environment } from "./schema.ts";

/** Four residency sets that stand alone: nothing of a tenant leaves the regions of its own residency. `eu-west-1` has two tenants, so that the proofs of isolation go through neighbours, too. */
export const production = environment({
  name: "production",
  account: "111122223333",
  domain: "agents.example.com",
  repository: "example/alicerce",
  agentHosting: "eks",
  models: {
    us: "anthropic.claude-sonnet-4-5-20250929-v1:0",
    eu: "anthropic.claude-sonnet-4-5-20250929-v1:0",
    apac: "amazon.nova-pro-v1:0",
    br: "openai.gpt-oss-120b-1:0",
  },
  alerts: ["alerts@example.com"],
  slack: { workspace: "T0EXAMPLE", channel: "C0EXAMPLE" },
  regions: {
    "us-east-1": {
      cidr: "10.0.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge", "c6i.xlarge"],
      agents: { min: 2, max: 20, targetCpuPercent: 70 },
    },
    "us-west-2": {
      cidr: "10.1.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge", "c6i.xlarge"],
      agents: { min: 1, max: 20, targetCpuPercent: 70 },
    },
    "eu-west-1": {
      cidr: "10.2.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge", "c6i.xlarge"],
      agents: { min: 1, max: 15, targetCpuPercent: 70 },
    },
    "eu-central-1": {
      cidr: "10.3.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge", "c6i.xlarge"],
      agents: { min: 1, max: 15, targetCpuPercent: 70 },
    },
    "ap-southeast-1": {
      cidr: "10.4.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge", "c6i.large"],
      agents: { min: 1, max: 10, targetCpuPercent: 75 },
    },
    "ap-southeast-2": {
      cidr: "10.5.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge", "c6i.large"],
      agents: { min: 1, max: 10, targetCpuPercent: 75 },
    },
    "sa-east-1": {
      cidr: "10.6.0.0/16",
      instanceTypes: ["m6i.large", "m6i.xlarge", "c6i.large"],
      agents: { min: 1, max: 10, targetCpuPercent: 75 },
    },
  },
  tenants: {
    "acme-corp": {
      residency: "us",
      regions: ["us-east-1", "us-west-2"],
      scenarios: ["internal", "b2c", "b2b"],
      organization: "org-acme-retail",
      costCenter: "retail-1200",
      machines: { "shop-monitor": { use: "monitoring", scenario: "b2c" } },
    },
    "lumina-sa": {
      residency: "br",
      regions: ["sa-east-1"],
      scenarios: ["b2c"],
      signInProviders: {
        google: { clientId: "123456789012-example.apps.googleusercontent.com" },
        openId: { "Clube-Lumina": { host: "id.clube.example.com", clientId: "lumina-chat" } },
      },
    },
    "merlion-pte": { residency: "apac", regions: ["ap-southeast-1"], scenarios: ["b2b"] },
    "norda-ab": { residency: "eu", regions: ["eu-west-1"], scenarios: ["b2c", "b2b"] },
    "xyz-gmbh": {
      residency: "eu",
      regions: ["eu-west-1", "eu-central-1"],
      scenarios: ["internal", "b2b"],
      organization: "org-xyz-industrie",
      machines: { "warehouse-batch": { use: "batch", scenario: "b2b" } },
      webhookHosts: ["hooks.partner.example.com"],
      orderRules: { mostLines: 50, mostUnits: 10_000 },
      apis: {
        erp: {
          title: "ERP",
          document: "erp.openapi.json",
          host: "erp.xyz.example",
          basePath: "/v1",
          authentication: { kind: "api-key", header: "X-Api-Key" },
          classification: "confidential",
          operations: {
            createPurchaseOrder: { does: "write" },
            getPurchaseOrder: { does: "read" },
          },
        },
      },
      partners: {
        "metal-works": {
          customerId: "cus-1",
          tier: "premium",
          scopes: ["orders:read", "orders:write", "products:read"],
        },
      },
    },
  },
});
