import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { BedrockAgentCoreControlClient } from "@aws-sdk/client-bedrock-agentcore-control";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { XRayClient } from "@aws-sdk/client-xray";
import { AgentcoreDeployments } from "../../../../services/mcp/development/sources/agentcore-deployments.ts";
import { CloudwatchLogs } from "../../../../services/mcp/development/sources/cloudwatch-logs.ts";
import { S3Documents } from "../../../../services/mcp/development/sources/s3-documents.ts";
import type { DevelopmentServices } from "../../../../services/mcp/development/services.ts";
import { XrayTraces } from "../../../../services/mcp/development/sources/xray-traces.ts";

/** One request of an AWS SDK: `operation` as IAM names it. */
export interface Asked {
  readonly operation: string;
  readonly path: string;
  readonly body: { readonly [member: string]: unknown };
}

/** What AWS answers; an error if there is a `code`. */
export interface Told {
  readonly body?: object | string;
  readonly code?: string;
  readonly status?: number;
}

/** AWS on loopback: it writes down what it is asked, and answers what a test says. */
export interface AwsStandIn {
  readonly asked: Asked[];
  answer: (asked: Asked) => Told;
  readonly services: DevelopmentServices;
  close(): Promise<void>;
}

/** REST operations by method and path; CloudWatch Logs names its own in a header. */
const OPERATIONS: readonly (readonly [pattern: RegExp, operation: string])[] = [
  [/^POST \/TraceSummaries$/, "xray:GetTraceSummaries"],
  [/^POST \/Traces$/, "xray:BatchGetTraces"],
  [/^GET \/gateways\/[^/]+\/$/, "bedrock-agentcore:GetGateway"],
  [/^GET \/gateways\/[^/]+\/targets\/$/, "bedrock-agentcore:ListGatewayTargets"],
  [/^GET \/runtimes\/[^/]+\/$/, "bedrock-agentcore:GetAgentRuntime"],
  [/^GET \/runtimes\/[^/]+\/runtime-endpoints\/[^/]+\/$/, "bedrock-agentcore:GetAgentRuntimeEndpoint"],
  [/^GET \/documents\/.+$/, "s3:GetObject"],
];

/** Starts it for the tenant "acme", whose services are read by the real SDK. */
export async function awsStandIn(): Promise<AwsStandIn> {
  const asked: Asked[] = [];
  const it: { answer: AwsStandIn["answer"] } = { answer: () => ({ body: {} }) };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const question = questionOf(request, Buffer.concat(chunks).toString());
      asked.push(question);
      const told = it.answer(question);
      const text = textOf(question, told);
      response.writeHead(told.status ?? (told.code === undefined ? 200 : 400), {
        "content-length": Buffer.byteLength(text),
        "content-type": isXml(question) ? "application/xml" : "application/json",
        ...(told.code !== undefined && { "x-amzn-errortype": told.code }),
      });
      response.end(text);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return Object.assign(it, { asked, close, services: servicesAt((server.address() as AddressInfo).port) });
}

function questionOf({ method = "", url = "", headers }: IncomingMessage, sent: string): Asked {
  const path = url.split("?", 1)[0] ?? "";
  const target = headers["x-amz-target"];
  const operation =
    typeof target === "string"
      ? `logs:${target.split(".")[1]}`
      : OPERATIONS.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1];
  const body = sent === "" ? {} : (JSON.parse(sent) as Asked["body"]);
  return { operation: operation ?? `${method} ${path}`, path, body };
}

function textOf(question: Asked, { body = {}, code }: Told): string {
  if (code === undefined) return typeof body === "string" ? body : JSON.stringify(body);
  if (isXml(question)) return `<Error><Code>${code}</Code><Message>secret</Message></Error>`;
  return JSON.stringify({ message: "secret arn" });
}

const isXml = ({ operation }: Asked): boolean => operation.startsWith("s3:");

function servicesAt(port: number): DevelopmentServices {
  const tenantId = "acme";
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    maxAttempts: 1,
  };
  const groups = new Map([
    ["gateway", "/aws/vendedlogs/bedrock-agentcore/acme"],
    ["files-v1", "/aws/bedrock-agentcore/runtimes/acme_mcp_files_v1-0123456789-production"],
  ]);
  return {
    logs: new CloudwatchLogs({ client: new CloudWatchLogsClient(settings), tenantId, groups }),
    traces: new XrayTraces({ client: new XRayClient(settings), tenantId }),
    deployments: new AgentcoreDeployments({
      client: new BedrockAgentCoreControlClient(settings),
      tenantId,
      gateways: new Map([["internal", "acme-internal-0123456789"]]),
      runtimes: new Map([["files-v1", "acme_mcp_files_v1-0123456789"]]),
    }),
    documents: new S3Documents({
      client: new S3Client({ ...settings, forcePathStyle: true }),
      tenantId,
      bucket: "documents",
      keys: { contracts: "acme/contracts.json", "premise-report": "acme/premises.json" },
    }),
  };
}
