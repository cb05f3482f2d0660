import type { ResourceView } from "../../../engine/resource-view.ts";
import { parseArn } from "../../arn.ts";
import type { Statement } from "../../policy-document.ts";
import { applies } from "../language/applies.ts";
import { anyOf, type Context, type Truth } from "../language/conditions.ts";

const ALGORITHM = "s3:x-amz-server-side-encryption";
const KEY_ID = `${ALGORITHM}-aws-kms-key-id`;
const CUSTOMER = `${ALGORITHM}-customer-algorithm`;

/** The bucket that is written to, the key that its objects must have, and whether S3 itself refuses keys of the customer's own (SSE-C). */
export interface Protected {
  readonly bucketArn: string;
  readonly key: string;
  readonly isBlocked: boolean;
}

/** Whether a configuration makes S3 refuse uploads under keys of the customer's own (`BlockedEncryptionTypes` of S3's API). */
export function blocksCustomerKeys(configuration: ResourceView): boolean {
  const rules = configuration.list("rules");
  return rules.length > 0 && rules.every((it) => it.texts("blockedEncryptionTypes").includes("SSE-C"));
}

/** Whether a policy lets a request name no encryption: S3 puts such an object under the key of the bucket's default. */
export function takesDefault(statements: readonly Statement[], bucketArn: string): boolean {
  const denials = statements.filter((it) => it.denies && it.principals.some(({ id }) => id === "*"));
  return denials.every((it) => applies(it, putting({}, bucketArn)) !== true);
}

/**
 * Whether a bucket's policy denies each PutObject that would not end under the key, and does not deny one that names it. A request
 * that names no encryption gets the bucket's default; one that names `aws:kms` without a key gets the key that AWS manages
 * (`PutObject` of S3's API, `x-amz-server-side-encryption-aws-kms-key-id`).
 */
export function refusesOtherKeys(statements: readonly Statement[], to: Protected): boolean {
  const denials = statements.filter((it) => it.denies && it.principals.some(({ id }) => id === "*"));
  const isDenied = (headers: Context): Truth => anyOf(denials.map((it) => applies(it, putting(headers, to.bucketArn))));
  const foreign = [...samples(to.key), ...mentioned(denials).filter((it) => it !== to.key)];
  const others: readonly Context[] = [
    ...foreign.flatMap((key) => ["aws:kms", "aws:kms:dsse"].map((it) => ({ [ALGORITHM]: it, [KEY_ID]: key }))),
    { [ALGORITHM]: "aws:kms" },
    { [ALGORITHM]: "AES256" },
    ...(to.isBlocked ? [] : [{ [CUSTOMER]: "AES256" }]),
  ];
  return others.every((it) => isDenied(it) === true) && isDenied({ [ALGORITHM]: "aws:kms", [KEY_ID]: to.key }) !== true;
}

function putting(headers: Context, bucketArn: string): Parameters<typeof applies>[1] {
  return {
    action: "s3:PutObject",
    resource: `${bucketArn}/*`,
    context: { [ALGORITHM]: null, [KEY_ID]: null, [CUSTOMER]: null, "aws:SecureTransport": "true", ...headers },
  };
}

/** Keys that are not the bucket's: of its account, and of another one. */
function samples(key: string): readonly string[] {
  const { region = "", account = "" } = parseArn(key) ?? {};
  return [account, "000000000000"].map((it) => `arn:aws:kms:${region}:${it}:key/any-other-key`);
}

/** The keys, or patterns of keys, that conditions name. */
function mentioned(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ conditions }) =>
    conditions
      .filter(({ key, operator }) => key.toLowerCase() === KEY_ID && operator !== "Null")
      .flatMap(({ values }) => values),
  );
}
