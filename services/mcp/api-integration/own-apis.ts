import { createHash } from "node:crypto";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { parseStrictJson } from "../../libraries/service-kit/strict-json.ts";
import type { Api } from "./api.ts";
import { OwnApiList } from "./api-list.ts";
import { DescriptionError } from "./api-problem.ts";
import type { ApiIntegrationConfig } from "./config.ts";
import { readListed } from "./read-apis.ts";

type Config = Pick<
  z.output<typeof ApiIntegrationConfig>,
  "APIS_BUCKET" | "APIS_DIGEST" | "APIS_ENDPOINT" | "APIS_KEY" | "AWS_REGION"
>;

/** The most that is read, in bytes: ten documents of the largest size, and what is said of them. */
const LARGEST = 3 * 1024 * 1024;
const DEEPEST_JSON = 200;
const OBJECT = "the tenant's own APIs";

/** Reads the APIs that the tenant brings, once; none where the deployment names no bucket. Throws a `DescriptionError` for anything but what was judged. */
export async function readOwnApis(config: Config): Promise<readonly Api[]> {
  const { APIS_BUCKET: bucket, APIS_KEY: key, APIS_DIGEST: digest } = config;
  if (bucket === undefined && key === undefined && digest === undefined) return [];
  if (bucket === undefined || key === undefined || digest === undefined)
    throw new TypeError("APIS_BUCKET, APIS_KEY and APIS_DIGEST come together");
  return ownApisIn(await fetchObject(config, { Bucket: bucket, Key: key }), digest);
}

/** The APIs in the text of an object, which must be the one of this digest. */
export async function ownApisIn(text: string, digest: string): Promise<readonly Api[]> {
  if (createHash("sha256").update(text).digest("hex") !== digest)
    throw new DescriptionError(OBJECT, ["the object is not the one that was judged"]);
  const { data, error } = OwnApiList.safeParse(parseStrictJson(text, DEEPEST_JSON));
  if (error !== undefined) throw new DescriptionError(OBJECT, [z.prettifyError(error)]);
  const { apis, documents } = data;
  return readListed(apis, (api, file) => {
    const document = Object.hasOwn(documents, file) ? documents[file] : undefined;
    if (document === undefined) throw new DescriptionError(api, [`${file} is missing`]);
    return Promise.resolve(JSON.stringify(document));
  });
}

async function fetchObject(
  { AWS_REGION: region, APIS_ENDPOINT: endpoint }: Config,
  object: { readonly Bucket: string; readonly Key: string },
): Promise<string> {
  const client = new S3Client({
    ...(region !== undefined && { region }),
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
  });
  try {
    const { Body, ContentLength = Infinity } = await client.send(new GetObjectCommand(object));
    if (ContentLength > LARGEST) throw new DescriptionError(OBJECT, [`the object has ${ContentLength} bytes`]);
    return (await Body?.transformToString()) ?? "";
  } finally {
    client.destroy();
  }
}
