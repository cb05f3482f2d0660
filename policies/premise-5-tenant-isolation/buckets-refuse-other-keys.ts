import { CONTROL } from "../engine/frameworks.ts";
import { statementsOf, type Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { tenantOfKey } from "../facts/tenancy.ts";
import { absent, some } from "../engine/three-values.ts";

const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const KEY_HEADER = "s3:x-amz-server-side-encryption-aws-kms-key-id";

export const bucketsRefuseOtherKeys = rule({
  premise: 5,
  id: "buckets-refuse-other-keys",
  severity: "critical",
  description: "Objects in a tenant's bucket are encrypted with the tenant's key, whatever key a request names.",
  remediation: "Configure the bucket's encryption, and deny s3:PutObject under any key but the tenant's.",
  frameworks: [CONTROL.isoCryptography, CONTROL.pciDataAtRest, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.bucket], where: (_, stack) => stack.tenant !== undefined },
  judge: [
    (it, stack) =>
      stack.referrers(it, ENCRYPTION, "bucket").length > 0
        ? undefined
        : absent(`"${it.name}" must be encrypted by default.`),
    (it, stack) => {
      const policies = stack
        .referrers(it, TYPE.bucketPolicy, "bucket")
        .filter((policy) =>
          stack.linked(policy, "policy").some((key) => key.type === TYPE.key && tenantOfKey(key) === stack.tenant),
        );
      return some(policies, (policy) => some(statementsOf(policy, "policy"), refusesOtherKeys))
        ? undefined
        : absent(`"${it.name}" must refuse objects under another key than the tenant's.`);
    },
  ],
});

function refusesOtherKeys({ denies, isInverted, actions, conditions }: Statement): boolean {
  if (!denies || isInverted || !actions.some((it) => it === "s3:PutObject" || it === "s3:*")) return false;
  const [condition, ...others] = conditions;
  if (condition === undefined || others.length > 0) return false;
  const { operator, key, values } = condition;
  return (
    /^(?:Arn|String)NotEquals(?:IfExists)?$/.test(operator) && key.toLowerCase() === KEY_HEADER && values.length === 1
  );
}
