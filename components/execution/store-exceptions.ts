import { bucketPrefixOf } from "../../contracts/execution/roles.ts";
import { keyServices } from "./key-services.ts";
import { allow, type Exception, inRegions, ownTag } from "./execution-scope.ts";

/** How services of AWS encrypt, as the caller, what they make for it. */
const KEY_USE = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"];

const OBJECTS = /^s3:\w+Object(?:Tagging|Version)?$/;

/** Buckets by their names, since S3 authorizes few calls by tags; of what is in them, the documents that a deployment writes. */
export const BUCKETS: Exception = {
  takes: (action) => action.startsWith("s3:") && !action.includes("AccountPublicAccessBlock"),
  statements: (actions, { account, address }) => {
    const bucket = `arn:aws:s3:::${bucketPrefixOf(account, address)}*`;
    const inAccount = { StringEquals: { "aws:ResourceAccount": account } };
    return [
      ...allow(
        actions.filter((it) => !OBJECTS.test(it)),
        bucket,
        inAccount,
      ),
      ...allow(
        actions.filter((it) => OBJECTS.test(it)),
        `${bucket}/documents/*`,
        inAccount,
      ),
    ];
  },
};

/** The stack's own keys, through services of AWS alone, and grants for what these make: never to read what is encrypted. */
export const KEYS: Exception = {
  takes: (action) => KEY_USE.includes(action) || action === "kms:CreateGrant",
  statements: (actions, scope) => {
    const arns = inRegions("kms", scope, "key/*");
    const own = ownTag(scope);
    const through = { "kms:ViaService": keyServices(scope.regions) };
    const forServices = { Bool: { "kms:GrantIsForAWSResource": "true" } };
    return [
      ...allow(
        actions.filter((it) => KEY_USE.includes(it)),
        arns,
        { StringEquals: own, StringLike: through },
      ),
      ...allow(
        actions.filter((it) => it === "kms:CreateGrant"),
        arns,
        { StringEquals: own, StringLike: through, ...forServices },
      ),
    ];
  },
};

/** The one item that a deployment writes: the tenant's entry in its own directory. */
export const ITEMS: Exception = {
  takes: (action) => /^dynamodb:\w+Item$/.test(action),
  statements: (actions, scope) =>
    allow(actions, inRegions("dynamodb", scope, "table/*"), {
      StringEquals: ownTag(scope),
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["directory"] },
    }),
};
