import type * as aws from "@pulumi/aws";
import { TAG } from "../../../contracts/tags.ts";
import { databasesKnowNoPasswords } from "../../../policies/premise-8-least-privilege/databases-know-no-passwords.ts";
import { testRule } from "../../support/rule-tester.ts";
import { databaseOf, keyOf } from "../data-programs.ts";
import { served } from "../programs.ts";

const database = (args: Partial<aws.rds.ClusterArgs> = {}) => databaseOf(served(), { args });

const IAM = '"database" must let IAM decide who logs in.';
const MANAGED = '"database" must leave the administrator\'s password to Amazon RDS.';
const KEY = '"database" must keep the administrator\'s password under the key of its own tenant.';

testRule(databasesKnowNoPasswords, {
  accepts: { "a database that asks IAM": () => database() },
  rejects: {
    "a database that asks for passwords": [() => database({ iamDatabaseAuthenticationEnabled: false }), IAM],
    "a database that says nothing of it": [() => database({ iamDatabaseAuthenticationEnabled: undefined }), IAM],
    "an administrator without a managed password": [() => database({ manageMasterUserPassword: undefined }), MANAGED],
    "an administrator whose password is in the program": [
      () => database({ manageMasterUserPassword: undefined, masterPassword: "not-a-real-password" }),
      MANAGED,
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
