import { bffName } from "../../../contracts/bff/names.ts";
import { serviceLog, toStandardOutput } from "../../libraries/service-kit/log.ts";
import { cloudParts } from "../library/cloud/cloud-parts.ts";
import { configFrom } from "../library/cloud/config.ts";
import { keptSecret } from "../library/cloud/kept-secret.ts";
import { runUntilEnded } from "../library/cloud/run.ts";
import { startCloudChannels } from "./cloud/cloud-channels.ts";
import { partnerProcessor } from "./cloud/partner-processor.ts";
import { startedOnce } from "./cloud/started-once.ts";
import { PartnerCloudConfig } from "./config.ts";
import { DynamoIdempotencyStore } from "./idempotency/dynamo-idempotency-store.ts";
import { DynamoPartnerStore } from "./partners/store/dynamo-partner-store.ts";
import { startPartnerBff } from "./start-partner-bff.ts";

const config = configFrom(PartnerCloudConfig, process.env);
const log = serviceLog(bffName("b2b"), { level: config.LOG_LEVEL });
const { dynamo, kms, ...parts } = cloudParts(config);
const { TENANT_ID: tenant, API_KEYS_TABLE: table, DATA_KEY_ARN: keyArn } = config;
const partners = new DynamoPartnerStore(tenant, { client: dynamo, table });
const secret = keptSecret({ kms, dynamo, table, keyArn, of: { tenant, purpose: bffName("b2b") } });
const work = partnerProcessor({ config, partners, ...parts });
const channels = startedOnce(
  (bytes) => startCloudChannels({ config, parts: { dynamo, ...parts }, process: work, log }, bytes),
  { secret, log },
);

await runUntilEnded({ service: bffName("b2b"), tenantId: tenant, log }, async () => {
  const server = await startPartnerBff({
    ...{ config, partners, secret, log, audit: toStandardOutput, ...parts },
    requests: new DynamoIdempotencyStore(dynamo, config.IDEMPOTENCY_TABLE),
    channels: (bytes) => channels.with(bytes),
  });
  channels.begin();
  const stop = async (): Promise<void> => {
    await server.stop();
    await channels.stop();
  };
  return { ...server, stop };
});
