import { readFile } from "node:fs/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { interceptorCatalogueSchema } from "../../contracts/interceptor-catalogue.ts";
import { serviceLog, toStandardOutput } from "../libraries/service-kit/log.ts";
import { startTelemetry } from "../libraries/telemetry/telemetry.ts";
import { readConfig } from "./config.ts";
import { kmsSignature } from "../libraries/service-kit/tokens/kms-signature.ts";
import { interceptorOf, invocationOf } from "./lambda.ts";
import type { LambdaContext } from "./lambda.ts";
import { tenantTable } from "./tenant-table.ts";

/** A gateway waits for the answer, so AWS must give its own soon, or the call is refused. */
const PATIENCE = { maxAttempts: 2, requestHandler: { connectionTimeout: 500, requestTimeout: 1_500 } };

const config = readConfig(process.env);
const log = serviceLog("gateway-interceptor", { level: config.LOG_LEVEL });
const telemetry = await startTelemetry({
  service: "gateway-interceptor",
  version: "1.0.0",
  tenantId: config.TENANT_ID,
  failed: (error) => log.warn({ error }, "spans are lost"),
});
// The catalogue is larger than a function's environment may be, so it lies beside the code.
const catalogue = await readFile(new URL("catalogue.json", import.meta.url), "utf8");
const intercept = interceptorOf(config, {
  catalogue: interceptorCatalogueSchema.parse(JSON.parse(catalogue)),
  table: tenantTable(new DynamoDBClient(PATIENCE), config.TENANT_TABLE),
  certify: kmsSignature(new KMSClient(PATIENCE), config.CONTEXT_KEY_ARN),
  write: toStandardOutput,
  log,
});

/** Lambda's entry point: both interception points of one gateway. What is not sent when it answers waits until it is called again. */
export const handler = async (event: unknown, context: LambdaContext): Promise<object> => {
  const answer = await intercept(event, invocationOf(context));
  await telemetry.flush();
  return answer;
};
