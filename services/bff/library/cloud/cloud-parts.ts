import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import type { AgentClientOptions } from "../../../libraries/agent-client/agent-client.ts";
import { runtimeFetch } from "../../../libraries/agent-client/runtime-fetch.ts";
import { keptTokens } from "../../../libraries/gateway-client/machine-token.ts";
import { tokenFromFunction } from "../../../libraries/gateway-client/token-function.ts";
import { tableCounter } from "../../../libraries/service-kit/table-counter.ts";
import type { Certify } from "../../../libraries/service-kit/tokens/context-delegation.ts";
import { kmsSignature } from "../../../libraries/service-kit/tokens/kms-signature.ts";
import type { CloudVariables } from "./config.ts";
import type { CounterFactory } from "../rate-limit.ts";

/** What both BFFs stand on in the cloud. */
export interface CloudParts {
  readonly dynamo: DynamoDBClient;
  readonly kms: KMSClient;
  readonly certify: Certify;
  /** Shared by all pods. */
  readonly counter: CounterFactory;
  /** How agents are called as this workload. */
  readonly agent: Pick<AgentClientOptions, "machineToken" | "fetch">;
}

/** A caller waits for the answer, so AWS must give its own soon, or the request is refused. */
const PATIENCE = { maxAttempts: 2, requestHandler: { connectionTimeout: 500, requestTimeout: 2_000 } } as const;

/** The parts that a BFF is given; nothing of AWS is called yet. */
export function cloudParts(config: CloudVariables): CloudParts {
  const options = { region: config.AWS_REGION, ...PATIENCE };
  const [dynamo, kms] = [new DynamoDBClient(options), new KMSClient(options)];
  return {
    dynamo,
    kms,
    certify: kmsSignature(kms, config.CONTEXT_KEY_ARN),
    counter: tableCounter(dynamo, config.IDEMPOTENCY_TABLE),
    agent:
      config.AGENT_HOSTING === "runtime"
        ? { fetch: runtimeFetch({ region: config.AWS_REGION, credentials: kms.config.credentials }) }
        : { machineToken: ownTokens(config) },
  };
}

function ownTokens({
  AWS_REGION: region,
  TOKEN_FUNCTION: name,
}: CloudVariables): NonNullable<CloudParts["agent"]["machineToken"]> {
  // Its function asks the pool in turn, and may have to start first.
  const lambda = new LambdaClient({ region, maxAttempts: 2, requestHandler: { requestTimeout: 10_000 } });
  return keptTokens(() => tokenFromFunction(lambda, name));
}
