// Written by `npm run build` from what the servers declare (services/mcp/*/server.ts).

/** What a caller must hold to use something, and how sensitive the data is that it gives out. */
export interface Grant {
  readonly scope: "mcp:read" | "mcp:write";
  readonly classification: "public" | "internal" | "confidential" | "restricted";
}

/** What one major of an MCP server offers. */
export interface McpContract {
  readonly tools: Readonly<Record<string, Grant>>;
  readonly prompts: Readonly<Record<string, Grant>>;
  /** By what their addresses begin with. */
  readonly resources: Readonly<Record<string, Grant>>;
  /** The AWS calls that all of this makes: what the server's role is granted, no more and no less. */
  readonly awsCalls: readonly string[];
}

/** The contracts of the retained majors of each MCP server. */
export const MCP_CONTRACTS: Readonly<Record<string, Readonly<Record<string, McpContract>>>> = {
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
        "bedrock-agentcore:GetGateway",
        "bedrock-agentcore:ListAgentRuntimeEndpoints",
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
  database: "sha256:edd22cd1996dcf7366a7eeb64ad10d600f25897f1ed1233fd79e20fa9793881f",
  "api-integration": "sha256:c409474a4047ff439a7e128051c7e1f02d755070e37d8a491a4c577a563f1391",
  files: "sha256:7b7d93628b1dc6dca815e77d00bd42eb56799d8d0d78b59267221bad70a0d89b",
  development: "sha256:7d6e8f249241181e70f2e6c30c7eba04c92352eb36124626a2039793c51d0cf2",
};
