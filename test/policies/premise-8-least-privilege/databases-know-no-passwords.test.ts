import type * as aws from "@pulumi/aws";
import type { Plan } from "../../../plan/model.ts";
import { TAG } from "../../../contracts/tags.ts";
import { databasesKnowNoPasswords } from "../../../policies/premise-8-least-privilege/databases-know-no-passwords.ts";
import { testRule } from "../../support/rule-tester.ts";
import { databaseOf, keyOf } from "../data-programs.ts";
import { planOf, served, TENANT, urnOf } from "../programs.ts";

const KEY_TYPE = "aws:kms/key:Key";

const database = (args: Partial<aws.rds.ClusterArgs> = {}) => databaseOf(served(), { args });

/** An instance under a key, which is the tenant's own unless it says otherwise. */
function instance(inputs: Record<string, unknown> = {}, tenant = TENANT): Plan {
  const arn = "arn:aws:kms:eu-west-1:111122223333:key/one";
  const asksIam = { iamDatabaseAuthenticationEnabled: true, manageMasterUserPassword: true };
  return planOf(
    { type: KEY_TYPE, name: "key", inputs: { tags: { [TAG.tenant]: tenant } }, outputs: { arn, keyId: "one" } },
    {
      type: "aws:rds/instance:Instance",
      name: "database",
      inputs: { ...asksIam, masterUserSecretKmsKeyId: arn, ...inputs },
      propertyDependencies: { masterUserSecretKmsKeyId: [urnOf(KEY_TYPE, "key")] },
    },
  );
}

const IAM = '"database" must let IAM decide who logs in.';
const MANAGED = '"database" must leave the administrator\'s password to Amazon RDS.';
const KEY = '"database" must keep the administrator\'s password under the key of its own tenant.';

testRule(databasesKnowNoPasswords, {
  accepts: { "a database that asks IAM": () => database(), "an instance that asks IAM": instance() },
  rejects: {
    "a database that asks for passwords": [() => database({ iamDatabaseAuthenticationEnabled: false }), IAM],
    "a database that says nothing of it": [() => database({ iamDatabaseAuthenticationEnabled: undefined }), IAM],
    "an administrator without a managed password": [() => database({ manageMasterUserPassword: undefined }), MANAGED],
    "an administrator whose password is in the program": [
      () => database({ manageMasterUserPassword: undefined, masterPassword: "not-a-real-password" }),
      MANAGED,
    ],
    "an instance that asks for passwords": [instance({ iamDatabaseAuthenticationEnabled: false }), IAM],
    "an instance whose password is in the program": [
      instance({ manageMasterUserPassword: undefined, password: "not-a-real-password" }),
      MANAGED,
    ],
    "an instance whose password is in the program, and written only": [
      instance({ passwordWo: "not-a-real-password" }),
      MANAGED,
    ],
    "an instance whose password is under another tenant's key": [instance({}, "acme-corp"), KEY],
    "an instance whose password is under another key than the one that it depends on": [
      instance({ masterUserSecretKmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/other" }),
      KEY,
    ],
    "a password under a key of AWS": [() => database({ masterUserSecretKmsKeyId: undefined }), KEY],
    "a password under another tenant's key": [
      () => {
        const opts = served();
        databaseOf(opts, { key: keyOf(opts, { [TAG.tenant]: "acme-corp" }) });
      },
      KEY,
    ],
  },
});
