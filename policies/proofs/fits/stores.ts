import { TAG } from "../../../contracts/tags.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { takesDefault } from "../../facts/grants/keys/object-encryption.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { settingsOf } from "../../facts/workloads.ts";
import type { Fit } from "./fit.ts";

const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const VAULT = "aws:backup/vault:Vault";
const WRITTEN = ["FILES_BUCKET", "UPLOADS_BUCKET"];
/** The settings that name an object that a deployment writes: its bucket, and its key. */
const DOCUMENTS = [
  ["DOCUMENTS_BUCKET", "CONTRACTS_KEY"],
  ["APIS_BUCKET", "APIS_KEY"],
] as const;
const DEFAULT = "applyServerSideEncryptionByDefault";

/** What is kept is found again: under which key, in which bucket, and behind which group. */
export function storeFits(platform: Platform): readonly Fit[] {
  const own = (type: string): readonly Placed[] => platform.ofType(type).filter(({ stack }) => stack.isOurs);
  const named = ({ resource }: Placed): string => `"${resource.name}"`;
  return [
    ...own(TYPE.runtime).flatMap((at): readonly Fit[] => [
      {
        at,
        isFit: () => holdsDocuments(platform, at),
        mend: `${named(at)} must be told of the bucket that holds its documents.`,
      },
      { at, isFit: () => isKeyOfFiles(platform, at), mend: `${named(at)} must be told of the key of its bucket.` },
      {
        at,
        isFit: () => isInOwnGroup(platform, at),
        mend: `${named(at)} must be in security groups of its own service.`,
      },
    ]),
    ...own(TYPE.database).map((at) => ({
      at,
      isFit: () => mayGrow(at),
      mend: `${named(at)} must be able to have a capacity.`,
    })),
    ...own(VAULT).map((at) => ({
      at,
      isFit: () => at.resource.has("kmsKeyArn"),
      mend: `${named(at)} must be under a key of its stack.`,
    })),
    ...own(TYPE.bucketPolicy).map((at) => ({
      at,
      isFit: () => takesFromWorkloads(platform, at),
      mend: `${named(at)} must take what names no key: the default of the bucket does.`,
    })),
    ...own(TYPE.bucketEncryption).map((at) => ({
      at,
      isFit: () => namesKey(at),
      mend: `${named(at)} must name the key under which objects are.`,
    })),
  ];
}

function told({ resource }: Placed, name: string): string | undefined {
  return settingsOf(resource)
    .find((it) => it.name === name)
    ?.read();
}

function holdsDocuments(platform: Platform, at: Placed): boolean {
  return DOCUMENTS.every(([bucketName, keyName]) => {
    const [bucket, key] = [told(at, bucketName), told(at, keyName)];
    if (bucket === undefined || key === undefined) return true;
    return platform.ofType(OBJECT).some(({ resource: it }) => it.text("bucket") === bucket && it.text("key") === key);
  });
}

function isKeyOfFiles(platform: Platform, at: Placed): boolean {
  const [bucket, key] = [told(at, "FILES_BUCKET"), told(at, "FILES_KMS_KEY_ARN")];
  if (bucket === undefined || key === undefined) return true;
  return platform
    .ofType(TYPE.bucketEncryption)
    .filter(({ resource }) => resource.text("bucket") === bucket)
    .some(({ resource }) => resource.list("rules").some((it) => it.text(`${DEFAULT}.kmsMasterKeyId`) === key));
}

/** A group in which another service is as well would open to it what is open to that one. */
function isInOwnGroup(platform: Platform, { resource }: Placed): boolean {
  const path = "networkConfiguration.networkModeConfig.securityGroups";
  const groups = resource.texts(path);
  return platform
    .ofType(TYPE.runtime)
    .filter((it) => it.resource.tag(TAG.service) !== resource.tag(TAG.service))
    .every((it) => !it.resource.texts(path).some((one) => groups.includes(one)));
}

/** A serverless database has a largest capacity from 1, which is not below the smallest (Amazon Aurora, "ServerlessV2ScalingConfiguration"). */
function mayGrow({ resource }: Placed): boolean {
  const [scaling] = resource.list("serverlessv2ScalingConfiguration");
  const most = scaling?.number("maxCapacity");
  return scaling === undefined || (most !== undefined && most >= 1 && most >= (scaling.number("minCapacity") ?? 0));
}

/** Workloads write into the buckets that they are told of without naming a key. */
function takesFromWorkloads(platform: Platform, at: Placed): boolean {
  const bucket = at.resource.text("bucket") ?? "";
  const isTold = platform
    .ofType(TYPE.runtime, TYPE.deployment)
    .some((it) => it.stack === at.stack && WRITTEN.some((name) => told(it, name) === bucket));
  return !isTold || takesDefault(statementsOf(at.resource, "policy"), `arn:aws:s3:::${bucket}`);
}

/** Without a key, `aws:kms` means that which AWS manages. */
function namesKey({ resource }: Placed): boolean {
  return resource
    .list("rules")
    .every(
      (it) => !(it.text(`${DEFAULT}.sseAlgorithm`) ?? "").startsWith("aws:kms") || it.has(`${DEFAULT}.kmsMasterKeyId`),
    );
}
