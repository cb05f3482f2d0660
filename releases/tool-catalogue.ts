// Written by `npm run build` from what the servers declare (services/mcp/*/server.ts).
import type { ServerContract } from "../contracts/server-contract.ts";

/** The contracts of the retained majors of each MCP server. */
export const MCP_CONTRACTS: Readonly<Record<string, Readonly<Record<string, ServerContract>>>> = {
  database: {
    "1": {
      tools: {
        "describe-table": { scope: "mcp:read", classification: "internal" },
        "list-tables": { scope: "mcp:read", classification: "internal" },
        "run-query": { scope: "mcp:read", classification: "confidential" },
      },
      prompts: {},
      resources: {},
      awsCalls: ["rds-db:connect"],
    },
    "2": {
      tools: {
        "delete-rows": { scope: "mcp:write", classification: "confidential" },
        "describe-schema": { scope: "mcp:read", classification: "internal" },
        "describe-table": { scope: "mcp:read", classification: "internal" },
        "insert-rows": { scope: "mcp:write", classification: "confidential" },
        "list-tables": { scope: "mcp:read", classification: "internal" },
        query: { scope: "mcp:read", classification: "confidential" },
        "run-query": { scope: "mcp:read", classification: "confidential" },
        "update-rows": { scope: "mcp:write", classification: "confidential" },
      },
      prompts: {},
      resources: {
        "database://tables": { scope: "mcp:read", classification: "internal" },
        "database://tables/": { scope: "mcp:read", classification: "internal" },
      },
      awsCalls: ["rds-db:connect"],
    },
    "3": {
      tools: {
        "delete-rows": { scope: "mcp:write", classification: "confidential" },
        "describe-schema": { scope: "mcp:read", classification: "internal" },
        explain: { scope: "mcp:read", classification: "internal" },
        "insert-rows": { scope: "mcp:write", classification: "confidential" },
        "list-tables": { scope: "mcp:read", classification: "internal" },
        query: { scope: "mcp:read", classification: "confidential" },
        "run-query": { scope: "mcp:read", classification: "confidential" },
        "update-rows": { scope: "mcp:write", classification: "confidential" },
      },
      prompts: {
        "answer-question": { scope: "mcp:read", classification: "internal" },
        "summarise-table": { scope: "mcp:read", classification: "internal" },
      },
      resources: {
        "database://tables": { scope: "mcp:read", classification: "internal" },
        "database://tables/": { scope: "mcp:read", classification: "internal" },
      },
      awsCalls: ["rds-db:connect"],
    },
  },
  "api-integration": {
    "1": {
      tools: {
        call_AdjustStock: { scope: "mcp:write", classification: "internal" },
        call_BookShipment: { scope: "mcp:write", classification: "confidential" },
        call_GetStock: { scope: "mcp:read", classification: "internal" },
        call_QuoteShipping: { scope: "mcp:read", classification: "internal" },
        call_cancelOrder: { scope: "mcp:write", classification: "confidential" },
        call_createOrder: { scope: "mcp:write", classification: "confidential" },
        call_findProducts: { scope: "mcp:read", classification: "public" },
        call_getOrder: { scope: "mcp:read", classification: "confidential" },
        call_getProduct: { scope: "mcp:read", classification: "public" },
        call_listOrders: { scope: "mcp:read", classification: "confidential" },
        call_setPrice: { scope: "mcp:write", classification: "internal" },
      },
      prompts: {
        compare_records: { scope: "mcp:read", classification: "internal" },
        plan_calls: { scope: "mcp:read", classification: "internal" },
      },
      resources: {
        "api-integration://apis": { scope: "mcp:read", classification: "internal" },
        "api-integration://apis/": { scope: "mcp:read", classification: "internal" },
      },
      awsCalls: ["secretsmanager:GetSecretValue"],
    },
    "2": {
      tools: {
        call_AdjustStock: { scope: "mcp:write", classification: "internal" },
        call_BookShipment: { scope: "mcp:write", classification: "confidential" },
        call_GetStock: { scope: "mcp:read", classification: "internal" },
        call_QuoteShipping: { scope: "mcp:read", classification: "internal" },
        call_cancelOrder: { scope: "mcp:write", classification: "confidential" },
        call_createOrder: { scope: "mcp:write", classification: "confidential" },
        call_findProducts: { scope: "mcp:read", classification: "public" },
        call_getOrder: { scope: "mcp:read", classification: "confidential" },
        call_getProduct: { scope: "mcp:read", classification: "public" },
        call_listOrders: { scope: "mcp:read", classification: "confidential" },
        call_setPrice: { scope: "mcp:write", classification: "internal" },
        catalog_findProducts: { scope: "mcp:read", classification: "public" },
        catalog_getProduct: { scope: "mcp:read", classification: "public" },
        catalog_setPrice: { scope: "mcp:write", classification: "internal" },
        inventory_AdjustStock: { scope: "mcp:write", classification: "internal" },
        inventory_GetStock: { scope: "mcp:read", classification: "internal" },
        orders_cancelOrder: { scope: "mcp:write", classification: "confidential" },
        orders_createOrder: { scope: "mcp:write", classification: "confidential" },
        orders_getOrder: { scope: "mcp:read", classification: "confidential" },
        orders_listOrders: { scope: "mcp:read", classification: "confidential" },
        shipping_BookShipment: { scope: "mcp:write", classification: "confidential" },
        shipping_QuoteShipping: { scope: "mcp:read", classification: "internal" },
      },
      prompts: {
        compare_records: { scope: "mcp:read", classification: "internal" },
        plan_calls: { scope: "mcp:read", classification: "internal" },
      },
      resources: {
        "api-integration://apis": { scope: "mcp:read", classification: "internal" },
        "api-integration://apis/": { scope: "mcp:read", classification: "internal" },
      },
      awsCalls: ["secretsmanager:GetSecretValue"],
    },
  },
  files: {
    "1": {
      tools: {
        "convert-file": { scope: "mcp:write", classification: "confidential" },
        "list-files": { scope: "mcp:read", classification: "confidential" },
        "prepare-upload": { scope: "mcp:write", classification: "confidential" },
        "read-file": { scope: "mcp:read", classification: "confidential" },
        "read-pdf": { scope: "mcp:read", classification: "confidential" },
        "search-files": { scope: "mcp:read", classification: "confidential" },
        "share-file": { scope: "mcp:read", classification: "confidential" },
        "view-image": { scope: "mcp:read", classification: "confidential" },
        "write-file": { scope: "mcp:write", classification: "confidential" },
      },
      prompts: { "summarise-file": { scope: "mcp:read", classification: "confidential" } },
      resources: { "tenant-files:///": { scope: "mcp:read", classification: "confidential" } },
      awsCalls: ["kms:Decrypt", "kms:GenerateDataKey", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
    },
  },
  development: {
    "1": {
      tools: {
        "deployment-status": { scope: "mcp:read", classification: "internal" },
        "describe-server": { scope: "mcp:read", classification: "internal" },
        "list-servers": { scope: "mcp:read", classification: "internal" },
        "list-traces": { scope: "mcp:read", classification: "internal" },
        "premise-report": { scope: "mcp:read", classification: "internal" },
        "read-trace": { scope: "mcp:read", classification: "confidential" },
        "search-logs": { scope: "mcp:read", classification: "confidential" },
      },
      prompts: {
        "explain-failing-call": { scope: "mcp:read", classification: "internal" },
        "review-deployment": { scope: "mcp:read", classification: "internal" },
      },
      resources: {
        "development://contracts/": { scope: "mcp:read", classification: "internal" },
        "development://premise-report": { scope: "mcp:read", classification: "internal" },
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
  database: "sha256:0014d9d44e383ad5f777fa11f2bc5c0e93fc96fba6d924271d2fcb84807992d8",
  "api-integration": "sha256:b9260eed1e0793b9676bc6ea732e68988d7723a5021b13dce959b3c6c29bb002",
  files: "sha256:6a0ee6b9dafc440a0cf07c2113505fabde7e803243b16e13a4f6c2613c21887d",
  development: "sha256:0a77f41dcbd9568c4dab045332f01f6fbc6b8e954d7d7d172cdbbd1ce4382f2c",
};
