import { serviceLog } from "../../libraries/service-kit/log.ts";
import { cloudParts } from "../library/cloud/cloud-parts.ts";
import { configFrom } from "../library/cloud/config.ts";
import { keptSecret } from "../library/cloud/kept-secret.ts";
import { runUntilEnded } from "../library/cloud/run.ts";
import { PartnerCloudConfig } from "./config.ts";
import { DynamoIdempotencyStore } from "./idempotency/dynamo-idempotency-store.ts";
import { DynamoPartnerStore } from "./partners/store/dynamo-partner-store.ts";
import { startPartnerBff } from "./start-partner-bff.ts";

const config = configFrom(PartnerCloudConfig, process.env);
const log = serviceLog("bff-b2b");
const { dynamo, kms, ...parts } = cloudParts(config);
const { TENANT_ID: tenant, API_KEYS_TABLE: table, DATA_KEY_ARN: keyArn } = config;

await runUntilEnded(log, () =>
  startPartnerBff({
    config,
    ...parts,
    partners: new DynamoPartnerStore(tenant, { client: dynamo, table }),
    requests: new DynamoIdempotencyStore(dynamo, config.IDEMPOTENCY_TABLE),
    secret: keptSecret({ kms, dynamo, table, keyArn, of: { tenant, purpose: "bff-b2b" } }),
    log,
  }),
);
