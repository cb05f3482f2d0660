import { sharedStoresAreGrantedInPart } from "../../../../policies/premise-8-least-privilege/resources/shared-stores-are-granted-in-part.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const KEYS = '"interceptor-internal-table" must grant items of the table by dynamodb:LeadingKeys.';
const PREFIX = '"mcp-files-v1-calls-1" must grant the list of a bucket by s3:prefix.';

const all = (name: string, condition: Inputs | undefined) =>
  shippedWith(
    TENANT,
    POLICY,
    name,
    statementsIn("policy", (of) => of.map((it) => ({ ...it, Condition: condition }))),
  );

testRule(sharedStoresAreGrantedInPart, {
  accepts: { "the grants of a tenant": shipped(TENANT) },
  rejects: {
    "the whole table": [all("interceptor-internal-table", undefined), KEYS],
    "all keys of the table": [
      all("interceptor-internal-table", { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["*"] } }),
      KEYS,
    ],
    "the whole list of a bucket": [all("mcp-files-v1-calls-1", undefined), PREFIX],
    "any prefix of a bucket": [all("mcp-files-v1-calls-1", { StringLikeIfExists: { "s3:prefix": "*" } }), PREFIX],
  },
});
