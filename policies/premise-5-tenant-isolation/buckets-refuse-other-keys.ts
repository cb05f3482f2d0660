import { CONTROL } from "../engine/frameworks.ts";
import { candidates } from "../engine/lookup.ts";
import { blocksCustomerKeys, refusesOtherKeys } from "../facts/grants/keys/object-encryption.ts";
import { documentsOf } from "../facts/grants/documents.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { oncePer } from "../engine/once-per.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { tenantOfKey } from "../facts/tenancy.ts";
import { absent, UnknownValue, unlessUnknown } from "../engine/three-values.ts";

const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const DEFAULT = "applyServerSideEncryptionByDefault";

export const bucketsRefuseOtherKeys = rule({
  premise: 5,
  id: "buckets-refuse-other-keys",
  severity: "critical",
  description: "Objects in a tenant's bucket are encrypted with the tenant's key, whatever key a request names.",
  remediation:
    "Configure the bucket's encryption with the tenant's key; deny s3:PutObject under any other key or algorithm, under none of a customer's own, and under aws:kms without a key.",
  frameworks: [CONTROL.isoCryptography, CONTROL.pciDataAtRest, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.bucket], where: (_, stack) => stack.tenant !== undefined },
  judge: [
    (it, stack) => {
      const keys = keysOf(stack);
      const used = defaultKeysOf(it, stack);
      return used.length > 0 && used.every((key) => keys.has(key))
        ? undefined
        : absent(`"${it.name}" must be encrypted by default, with the key of its tenant.`);
    },
    (it, stack) => {
      const isBlocked = encryptionsOf(it, stack).some(blocksCustomerKeys);
      const bucketArn = `arn:aws:s3:::${it.text("bucket") ?? ""}`;
      const policies = on(it, stack, bucketPolicies).flatMap(documentsOf);
      const own = defaultKeysOf(it, stack).filter((key) => keysOf(stack).has(key));
      const keys = own.length > 0 ? own : [...keysOf(stack)];
      // Where two policies are of one bucket, either may be the one that stays.
      return policies.length > 0 &&
        policies.every(({ statements }) =>
          keys.some((key) => refusesOtherKeys(statements, { bucketArn, key, isBlocked })),
        )
        ? undefined
        : absent(`"${it.name}" must refuse objects under another key than the tenant's, and take those under it.`);
    },
  ],
});

/** The ARNs of the keys that are the tenant's, or of their replicas. Throws `UnknownValue` where one is not known. */
const keysOf = oncePer((stack: StackIndex): ReadonlySet<string> => {
  const keys = stack.ofType(TYPE.key, TYPE.replicaKey).filter((key) => tenantOfKey(key) === stack.tenant);
  return new Set(
    keys.map(({ name, resource }) => {
      const arn = resource.outputs?.["arn"];
      if (typeof arn !== "string") throw new UnknownValue(`ARN of "${name}"`);
      return arn;
    }),
  );
});

/** The keys under which the bucket puts what names none; an empty text for a rule without a key. */
function defaultKeysOf(bucket: ResourceView, stack: StackIndex): readonly string[] {
  const rules = encryptionsOf(bucket, stack).flatMap((it) => it.list("rules"));
  return rules.map((it) => it.text(`${DEFAULT}.kmsMasterKeyId`) ?? "");
}

function encryptionsOf(bucket: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return on(bucket, stack, encryptions);
}

const encryptions = candidates([ENCRYPTION], (it) => [it.text("bucket")]);
const bucketPolicies = candidates([TYPE.bucketPolicy], (it) => [it.text("bucket")]);

/** Those that are about the bucket: by its name, or by where an unknown name came from. */
function on(bucket: ResourceView, stack: StackIndex, all: ReturnType<typeof candidates>): readonly ResourceView[] {
  return all(stack, () => bucket.text("bucket")).filter((it) =>
    unlessUnknown(
      () => it.text("bucket") === bucket.text("bucket"),
      () => stack.linked(it, "bucket").includes(bucket),
    ),
  );
}
