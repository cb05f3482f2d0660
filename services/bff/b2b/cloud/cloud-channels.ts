import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { z } from "zod";
import { bffSource } from "../../../../contracts/bff/events.ts";
import { EventBridgeBus } from "../../../libraries/events/aws/event-bridge-bus.ts";
import { SqsQueue } from "../../../libraries/events/aws/sqs-queue.ts";
import { consumeOnce } from "../../../libraries/events/dynamo/consume-once.ts";
import { DynamoOutbox } from "../../../libraries/events/dynamo/dynamo-outbox.ts";
import { eventSigner, eventVerifier } from "../../../libraries/events/event-signature.ts";
import { KeyedItems } from "../../../libraries/keyed-items/keyed-items.ts";
import type { BffLog } from "../../library/bff-environment.ts";
import type { CloudParts } from "../../library/cloud/cloud-parts.ts";
import type { Processor } from "../batch/jobs/processor.ts";
import { DynamoJobStore } from "../batch/jobs/cloud/dynamo-job-store.ts";
import { JobObjects } from "../batch/jobs/cloud/job-objects.ts";
import { type ChannelStores, type PartnerChannels, startChannels, webhookSeal } from "../channels/channels.ts";
import type { PartnerCloudConfig } from "../config.ts";
import { DynamoEndpoints } from "../webhooks/dynamo/dynamo-endpoints.ts";
import { DynamoInbox } from "../webhooks/dynamo/dynamo-inbox.ts";
import { DynamoMessages } from "../webhooks/dynamo/dynamo-messages.ts";
import { DynamoSources } from "../webhooks/dynamo/dynamo-sources.ts";
import { tellPartnersIn } from "../webhooks/dynamo/tell-partners.ts";
import type { SecretSeal } from "../webhooks/signing/secrets.ts";

/** What the channels of a tenant's partners stand on in the cloud. */
export interface CloudChannelsOptions {
  readonly config: z.output<typeof PartnerCloudConfig>;
  readonly parts: Pick<CloudParts, "dynamo" | "certify">;
  readonly process: Processor;
  readonly log: BffLog;
}

/** The name by which ids of events are remembered. */
const CONSUMER = "partner-webhooks";

/** A store is asked this often where nothing is to be done, by each pod. */
const IDLE_MS = 2_000;

/** Longer than SQS keeps a call waiting; than a piece of a file takes. */
const PATIENT = { maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 30_000 } } as const;

/** Starts them on DynamoDB, EventBridge, SQS and S3, once the secret of the tenant's BFF is known. */
export function startCloudChannels(options: CloudChannelsOptions, secret: Buffer): PartnerChannels {
  const { config, process, log } = options;
  const { TENANT_ID: tenantId } = config;
  const seal = webhookSeal(secret);
  return startChannels({
    ...{ tenantId, seal, process, log },
    stores: storesOf(options, seal),
    verify: eventVerifier({ tenantId, publicKeys: [config.BFF_PUBLIC_KEYS] }),
    rules: { dangerouslyAllowHttp: false, hosts: config.WEBHOOK_HOSTS },
    orderRules: config.ORDER_RULES,
    idleMs: IDLE_MS,
  });
}

function storesOf({ config, parts }: CloudChannelsOptions, seal: SecretSeal): ChannelStores {
  const { AWS_REGION: region, TENANT_ID: tenantId, EVENT_BUS: busName } = config;
  const aws = { region, ...PATIENT };
  const webhooks = new KeyedItems(parts.dynamo, config.WEBHOOKS_TABLE);
  const outbox = new DynamoOutbox(webhooks);
  const signer = eventSigner(tenantId, parts.certify);
  const endpoints = new DynamoEndpoints(webhooks, seal);
  const messagesTo = tellPartnersIn(webhooks, endpoints);
  return {
    endpoints,
    outbox,
    sources: new DynamoSources(webhooks, seal),
    messages: new DynamoMessages(webhooks),
    inbox: new DynamoInbox(webhooks, outbox, signer),
    bus: new EventBridgeBus(new EventBridgeClient(aws), { busName, source: bffSource("b2b") }),
    queue: new SqsQueue(new SQSClient(aws), { url: config.WEBHOOKS_QUEUE_URL }),
    tellPartners: (event) => consumeOnce(webhooks, CONSUMER, event, messagesTo),
    jobs: new DynamoJobStore({
      ...{ outbox, signer },
      items: new KeyedItems(parts.dynamo, config.JOBS_TABLE),
      objects: new JobObjects(new S3Client(aws), config.UPLOADS_BUCKET),
    }),
  };
}
