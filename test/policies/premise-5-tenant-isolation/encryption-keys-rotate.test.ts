import * as aws from "@pulumi/aws";
import { encryptionKeysRotate } from "../../../policies/premise-5-tenant-isolation/encryption-keys-rotate.ts";
import { testRule } from "../../support/rule-tester.ts";
import { served } from "../programs.ts";

const key = (args: aws.kms.KeyArgs) => new aws.kms.Key("key", args, served());

const MESSAGE = '"key" must be rotated every year.';

testRule(encryptionKeysRotate, {
  accepts: {
    "a key that rotates": () => key({ enableKeyRotation: true }),
    "a key that says what it is, and rotates": () =>
      key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT", enableKeyRotation: true }),
    "a key that rotates more often": () => key({ enableKeyRotation: true, rotationPeriodInDays: 90 }),
  },
  rejects: {
    "a key that does not": [() => key({ enableKeyRotation: false }), MESSAGE],
    "a key that says nothing of it": [() => key({}), MESSAGE],
    "a key that says what it is, and does not": [() => key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT" }), MESSAGE],
    "a key that rotates every other year": [() => key({ enableKeyRotation: true, rotationPeriodInDays: 730 }), MESSAGE],
  },
  ignores: {
    "a key that signs, which AWS cannot rotate": () =>
      key({ customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" }),
  },
});
