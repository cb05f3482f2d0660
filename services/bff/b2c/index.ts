import { bffName } from "../../../contracts/bff/names.ts";
import { serviceLog, toStandardOutput } from "../../libraries/service-kit/log.ts";
import { cloudParts } from "../library/cloud/cloud-parts.ts";
import { configFrom } from "../library/cloud/config.ts";
import { runUntilEnded } from "../library/cloud/run.ts";
import { ConsumerCloudConfig } from "./config.ts";
import { builtPage } from "./page-files.ts";
import { startConsumerBff } from "./start-consumer-bff.ts";
import { DynamoRecords } from "./store/dynamo-records.ts";

const config = configFrom(ConsumerCloudConfig, process.env);
const log = serviceLog(bffName("b2c"), { level: config.LOG_LEVEL });
const { dynamo, certify, counter, agent } = cloudParts(config);

await runUntilEnded({ service: bffName("b2c"), tenantId: config.TENANT_ID, log }, async () =>
  startConsumerBff({
    config,
    certify,
    counter,
    agent,
    records: new DynamoRecords(dynamo, config.SESSIONS_TABLE),
    // The build lays the page beside the bundle.
    page: await builtPage(new URL("page/", import.meta.url)),
    log,
    audit: toStandardOutput,
  }),
);
