import { BedrockAgentCoreControlClient } from "@aws-sdk/client-bedrock-agentcore-control";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { XRayClient } from "@aws-sdk/client-xray";
import type { z } from "zod";
import { AgentcoreDeployments } from "./sources/agentcore-deployments.ts";
import { CloudwatchLogs } from "./sources/cloudwatch-logs.ts";
import type { DevelopmentConfig } from "./config.ts";
import { S3Documents } from "./sources/s3-documents.ts";
import type { DevelopmentServices } from "./services.ts";
import { XrayTraces } from "./sources/xray-traces.ts";

/** What the tools share, and how to let go of it. */
export interface OpenDevelopment {
  readonly services: DevelopmentServices;
  readonly close: () => Promise<void>;
}

/** Makes what the tools share from the configuration; nothing is connected until the first call. */
export function openServices(config: z.output<typeof DevelopmentConfig>): OpenDevelopment {
  const { TENANT_ID: tenantId, AWS_REGION: region } = config;
  const clients = {
    logs: new CloudWatchLogsClient({ region }),
    traces: new XRayClient({ region }),
    agentcore: new BedrockAgentCoreControlClient({ region }),
    s3: new S3Client({ region }),
  };
  return {
    services: {
      logs: new CloudwatchLogs({ client: clients.logs, tenantId, groups: config.LOG_GROUPS }),
      traces: new XrayTraces({ client: clients.traces, tenantId }),
      deployments: new AgentcoreDeployments({
        client: clients.agentcore,
        tenantId,
        gateways: config.GATEWAYS,
        runtimes: config.RUNTIMES,
      }),
      documents: new S3Documents({
        client: clients.s3,
        tenantId,
        bucket: config.DOCUMENTS_BUCKET,
        keys: { contracts: config.CONTRACTS_KEY, "premise-report": config.PREMISE_REPORT_KEY },
      }),
    },
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
      return Promise.resolve();
    },
  };
}
