import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent } from "../engine/three-values.ts";
import { type Context, isMet } from "../facts/grants/conditions.ts";
import { statementsOf, type Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import { tenantOfKey } from "../facts/tenancy.ts";

const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const ALGORITHM = "s3:x-amz-server-side-encryption";
const KEY_ID = `${ALGORITHM}-aws-kms-key-id`;
const HEADERS = [ALGORITHM, KEY_ID, `${ALGORITHM}-customer-algorithm`];
/** A request with none of the headers. */
const WITHOUT = Object.fromEntries(HEADERS.map((it) => [it, null]));

/** Requests that would put an object under another key: of S3, of another owner, of S3 in KMS (which `aws:kms` alone means), of the caller. */
const WRONG: readonly Context[] = [
  { [ALGORITHM]: "AES256" },
  { [ALGORITHM]: "aws:kms", [KEY_ID]: "arn:aws:kms:eu-west-1:000000000000:key/other" },
  { [ALGORITHM]: "aws:kms" },
  { [`${ALGORITHM}-customer-algorithm`]: "AES256" },
];

export const bucketsRefuseOtherKeys = rule({
  premise: 5,
  id: "buckets-refuse-other-keys",
  severity: "critical",
  description: "Objects in a tenant's bucket are encrypted with the tenant's key, whatever key a request names.",
  remediation:
    "Configure the bucket's encryption, and deny s3:PutObject with another algorithm, another key, `aws:kms` without a key, and a key of the caller.",
  frameworks: [CONTROL.isoCryptography, CONTROL.pciDataAtRest, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.bucket], where: (_, stack) => stack.tenant !== undefined },
  judge: [
    (it, stack) =>
      stack.referrers(it, ENCRYPTION, "bucket").length > 0
        ? undefined
        : absent(`"${it.name}" must be encrypted by default.`),
    (it, stack) => {
      const [own] = stack.referrers(it, ENCRYPTION, "bucket").flatMap(keysOf);
      const denials = denialsOf(it, stack);
      const refused = (request: Context): boolean => denials.some((each) => refuses(each, request));
      const isRight = WRONG.every(refused) && !refused({ [ALGORITHM]: "aws:kms", [KEY_ID]: own ?? null });
      return own === undefined || isRight
        ? undefined
        : absent(`"${it.name}" must refuse objects under another key than the tenant's, and take those under it.`);
    },
  ],
});

function keysOf(encryption: ResourceView): readonly string[] {
  return encryption
    .list("rules")
    .map((it) => it.text("applyServerSideEncryptionByDefault.kmsMasterKeyId"))
    .filter((it) => it !== undefined);
}

/** The statements that keep everybody from putting some objects into the bucket, in policies that were made with the tenant's key. */
function denialsOf(bucket: ResourceView, stack: StackIndex): readonly Statement[] {
  const arn = bucket.resource.outputs?.["arn"];
  const ofKey = (it: ResourceView): boolean => it.type === TYPE.key && tenantOfKey(it) === stack.tenant;
  return stack
    .referrers(bucket, TYPE.bucketPolicy, "bucket")
    .filter((policy) => stack.linked(policy, "policy").some(ofKey))
    .flatMap((policy) => statementsOf(policy, "policy"))
    .filter(({ denies, isInverted, principals }) => denies && !isInverted && principals.some(({ id }) => id === "*"))
    .filter((it) => it.covers("s3:PutObject"))
    .filter(({ resources }) => typeof arn !== "string" || resources.some((it) => it === `${arn}/*` || it === "*"));
}

/** Whether all conditions are met; one on anything but the headers, or with an operator that is not understood, does not count. */
function refuses({ conditions }: Statement, request: Context): boolean {
  return conditions.every(
    (it) => HEADERS.includes(it.key.toLowerCase()) && isMet(it, { ...WITHOUT, ...request }) === true,
  );
}
