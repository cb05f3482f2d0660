// Written by `npm run build` from what the servers declare (services/mcp/*/server.ts).
import type { ServerContract } from "../contracts/server-contract.ts";

/** The contracts of the retained majors of each MCP server. */
export const MCP_CONTRACTS: Readonly<Record<string, Readonly<Record<string, ServerContract>>>> = {
  database: {
    "1": {
      tools: {
        "describe-table": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        "list-tables": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        "run-query": { scope: "mcp:read", permission: "read:data", classification: "confidential" },
      },
      prompts: {},
      resources: {},
      awsCalls: ["rds-db:connect"],
    },
    "2": {
      tools: {
        "delete-rows": { scope: "mcp:write", permission: "write:data", classification: "confidential" },
        "describe-schema": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        "describe-table": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        "insert-rows": { scope: "mcp:write", permission: "write:data", classification: "confidential" },
        "list-tables": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        query: { scope: "mcp:read", permission: "read:data", classification: "confidential" },
        "run-query": { scope: "mcp:read", permission: "read:data", classification: "confidential" },
        "update-rows": { scope: "mcp:write", permission: "write:data", classification: "confidential" },
      },
      prompts: {},
      resources: {
        "database://tables": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        "database://tables/": { scope: "mcp:read", permission: "read:data", classification: "internal" },
      },
      awsCalls: ["rds-db:connect"],
    },
    "3": {
      tools: {
        "delete-rows": { scope: "mcp:write", permission: "write:data", classification: "confidential" },
        "describe-schema": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        explain: { scope: "mcp:read", permission: "read:data", classification: "internal" },
        "insert-rows": { scope: "mcp:write", permission: "write:data", classification: "confidential" },
        "list-tables": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        query: { scope: "mcp:read", permission: "read:data", classification: "confidential" },
        "run-query": { scope: "mcp:read", permission: "read:data", classification: "confidential" },
        "update-rows": { scope: "mcp:write", permission: "write:data", classification: "confidential" },
      },
      prompts: {
        "answer-question": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        "summarise-table": { scope: "mcp:read", permission: "read:data", classification: "internal" },
      },
      resources: {
        "database://tables": { scope: "mcp:read", permission: "read:data", classification: "internal" },
        "database://tables/": { scope: "mcp:read", permission: "read:data", classification: "internal" },
      },
      awsCalls: ["rds-db:connect"],
    },
  },
  "api-integration": {
    "1": {
      tools: {
        call_AdjustStock: { scope: "mcp:write", permission: "write:apis", classification: "internal" },
        call_BookShipment: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        call_GetStock: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        call_QuoteShipping: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        call_cancelOrder: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        call_createOrder: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        call_findProducts: { scope: "mcp:read", permission: "read:apis", classification: "public" },
        call_getOrder: { scope: "mcp:read", permission: "read:apis", classification: "confidential" },
        call_getProduct: { scope: "mcp:read", permission: "read:apis", classification: "public" },
        call_listOrders: { scope: "mcp:read", permission: "read:apis", classification: "confidential" },
        call_setPrice: { scope: "mcp:write", permission: "write:apis", classification: "internal" },
      },
      prompts: {
        compare_records: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        plan_calls: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
      },
      resources: {
        "api-integration://apis": { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        "api-integration://apis/": { scope: "mcp:read", permission: "read:apis", classification: "internal" },
      },
      awsCalls: ["secretsmanager:GetSecretValue"],
    },
    "2": {
      tools: {
        call_AdjustStock: { scope: "mcp:write", permission: "write:apis", classification: "internal" },
        call_BookShipment: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        call_GetStock: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        call_QuoteShipping: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        call_cancelOrder: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        call_createOrder: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        call_findProducts: { scope: "mcp:read", permission: "read:apis", classification: "public" },
        call_getOrder: { scope: "mcp:read", permission: "read:apis", classification: "confidential" },
        call_getProduct: { scope: "mcp:read", permission: "read:apis", classification: "public" },
        call_listOrders: { scope: "mcp:read", permission: "read:apis", classification: "confidential" },
        call_setPrice: { scope: "mcp:write", permission: "write:apis", classification: "internal" },
        catalog_findProducts: { scope: "mcp:read", permission: "read:apis", classification: "public" },
        catalog_getProduct: { scope: "mcp:read", permission: "read:apis", classification: "public" },
        catalog_setPrice: { scope: "mcp:write", permission: "write:apis", classification: "internal" },
        inventory_AdjustStock: { scope: "mcp:write", permission: "write:apis", classification: "internal" },
        inventory_GetStock: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        orders_cancelOrder: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        orders_createOrder: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        orders_getOrder: { scope: "mcp:read", permission: "read:apis", classification: "confidential" },
        orders_listOrders: { scope: "mcp:read", permission: "read:apis", classification: "confidential" },
        shipping_BookShipment: { scope: "mcp:write", permission: "write:apis", classification: "confidential" },
        shipping_QuoteShipping: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
      },
      prompts: {
        compare_records: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        plan_calls: { scope: "mcp:read", permission: "read:apis", classification: "internal" },
      },
      resources: {
        "api-integration://apis": { scope: "mcp:read", permission: "read:apis", classification: "internal" },
        "api-integration://apis/": { scope: "mcp:read", permission: "read:apis", classification: "internal" },
      },
      awsCalls: ["secretsmanager:GetSecretValue"],
    },
  },
  files: {
    "1": {
      tools: {
        "convert-file": { scope: "mcp:write", permission: "write:files", classification: "confidential" },
        "list-files": { scope: "mcp:read", permission: "read:files", classification: "confidential" },
        "prepare-upload": { scope: "mcp:write", permission: "write:files", classification: "confidential" },
        "read-file": { scope: "mcp:read", permission: "read:files", classification: "confidential" },
        "read-pdf": { scope: "mcp:read", permission: "read:files", classification: "confidential" },
        "search-files": { scope: "mcp:read", permission: "read:files", classification: "confidential" },
        "share-file": { scope: "mcp:read", permission: "read:files", classification: "confidential" },
        "view-image": { scope: "mcp:read", permission: "read:files", classification: "confidential" },
        "write-file": { scope: "mcp:write", permission: "write:files", classification: "confidential" },
      },
      prompts: { "summarise-file": { scope: "mcp:read", permission: "read:files", classification: "confidential" } },
      resources: {
        "tenant-files:///": { scope: "mcp:read", permission: "read:files", classification: "confidential" },
      },
      awsCalls: ["kms:Decrypt", "kms:GenerateDataKey", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
    },
  },
  development: {
    "1": {
      tools: {
        "deployment-status": { scope: "mcp:read", permission: "read:deployments", classification: "internal" },
        "describe-server": { scope: "mcp:read", permission: "read:tools", classification: "internal" },
        "list-servers": { scope: "mcp:read", permission: "read:tools", classification: "internal" },
        "list-traces": { scope: "mcp:read", permission: "read:traces", classification: "internal" },
        "premise-report": { scope: "mcp:read", permission: "read:deployments", classification: "internal" },
        "read-trace": { scope: "mcp:read", permission: "read:traces", classification: "confidential" },
        "search-logs": { scope: "mcp:read", permission: "read:logs", classification: "confidential" },
      },
      prompts: {
        "explain-failing-call": { scope: "mcp:read", permission: "read:logs", classification: "internal" },
        "review-deployment": { scope: "mcp:read", permission: "read:deployments", classification: "internal" },
      },
      resources: {
        "development://contracts/": { scope: "mcp:read", permission: "read:tools", classification: "internal" },
        "development://premise-report": {
          scope: "mcp:read",
          permission: "read:deployments",
          classification: "internal",
        },
      },
      awsCalls: [
        "bedrock-agentcore:GetAgentRuntime",
        "bedrock-agentcore:GetAgentRuntimeEndpoint",
        "bedrock-agentcore:GetGateway",
        "bedrock-agentcore:ListGatewayTargets",
        "kms:Decrypt",
        "logs:FilterLogEvents",
        "s3:GetObject",
        "xray:BatchGetTraces",
        "xray:GetTraceSummaries",
      ],
    },
  },
};

/** The digest of the source files that each server's contract was written from. */
export const MCP_CONTRACT_SOURCES: Readonly<Record<string, string>> = {
  database: "sha256:fb29258ffe857300b59a03b8dbea41b7292fe88c03651d9de135b493ad485865",
  "api-integration": "sha256:060e1439ced9b9a091646aadd916155bb67868abfcad292f9374ac10c4b5c5c8",
  files: "sha256:ff09d6a4da2df666fd5bf53e1de3373022b0069c7e419fe9b924a28d47da17c3",
  development: "sha256:11a3b2e4e7d9765375115dae1e59d50a02246a9dc5214550135d29d43571c315",
};
