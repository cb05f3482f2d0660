import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { AgentEventEnvironment } from "../../../contracts/agents/environment.ts";
import { agentSource } from "../../../contracts/bff/events.ts";
import type { AgentLog } from "../agent-host/executor.ts";
import { EventBridgeBus } from "../events/aws/event-bridge-bus.ts";
import { SqsQueue } from "../events/aws/sqs-queue.ts";
import { consumeOnce } from "../events/dynamo/consume-once.ts";
import { DynamoOutbox } from "../events/dynamo/dynamo-outbox.ts";
import { KeyedItems } from "../keyed-items/keyed-items.ts";
import type { AgentDefinition } from "./agent-definition.ts";
import { type Choreography, startChoreography } from "./choreography.ts";

/** What an agent that hears events must be given in the cloud beside its own configuration. */
export const ChoreographyConfig = z.object({
  TENANT_ID: z.string().min(1),
  AWS_REGION: z.string().min(1),
  BFF_PUBLIC_KEYS: z.string().min(1),
  /** Name of the tenant's bus. */
  EVENT_BUS: z.string().min(1),
  /** The queue into which the rules put what the agent hears. */
  EVENTS_QUEUE_URL: z.url(),
  /** Holds what it has heard, and what waits for the bus. */
  EVENTS_TABLE: z.string().min(1),
  /** The AWS SDK reads it itself. */
  AWS_ENDPOINT_URL_DYNAMODB: z.url(),
});

/** What the plan says that it gives is what the process wants. */
export type Supplied = AgentEventEnvironment extends z.input<typeof ChoreographyConfig> ? true : never;

/** An outbox is asked this often where nothing waits, by each pod. */
const IDLE_MS = 2_000;

/** Longer than SQS keeps a call waiting. */
const PATIENT = { maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 30_000 } } as const;

/** Lets an agent hear events from its queue in Amazon SQS, and say them on its tenant's bus of Amazon EventBridge, as its own role. */
export function startCloudChoreography(
  definition: AgentDefinition,
  environment: NodeJS.ProcessEnv,
  log: AgentLog,
): Choreography {
  const config = ChoreographyConfig.parse(environment);
  const { name } = definition.description;
  const aws = { region: config.AWS_REGION, ...PATIENT };
  const items = new KeyedItems(new DynamoDBClient(aws), config.EVENTS_TABLE);
  const outbox = new DynamoOutbox(items);
  const bus = new EventBridgeBus(new EventBridgeClient(aws), {
    busName: config.EVENT_BUS,
    source: agentSource(name),
  });
  return startChoreography(definition, {
    tenantId: config.TENANT_ID,
    publicKeys: [config.BFF_PUBLIC_KEYS],
    log,
    stores: {
      queue: new SqsQueue(new SQSClient(aws), { url: config.EVENTS_QUEUE_URL }),
      hear: (event, said) =>
        consumeOnce(items, name, event, (it) => Promise.resolve(said(it).map((one) => outbox.entry(one)))),
      relay: { outbox, bus, idleMs: IDLE_MS },
    },
  });
}
