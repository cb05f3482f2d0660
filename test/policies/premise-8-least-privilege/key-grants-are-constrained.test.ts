import * as aws from "@pulumi/aws";
import { keyGrantsAreConstrained } from "../../../policies/premise-8-least-privilege/key-grants-are-constrained.ts";
import { testRule } from "../../support/rule-tester.ts";
import { policyOf, roleFor, served } from "../programs.ts";

const KIND = { StringEquals: { "kms:GrantConstraintType": "EncryptionContextSubset" } };
const READ_AND_WRITE = { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt", "GenerateDataKey"] } };
const FOR_RESOURCES = { Bool: { "kms:GrantIsForAWSResource": "true" } };
const FOR_SERVICES = { ...FOR_RESOURCES, StringEquals: { "kms:ViaService": "rds.eu-west-1.amazonaws.com" } };
const CREATE = {
  Effect: "Allow",
  Action: "kms:CreateGrant",
  Resource: "arn:aws:kms:eu-west-1:111122223333:key/one",
  Condition: { ...KIND, ...READ_AND_WRITE },
};

function grant(changes: Readonly<Record<string, unknown>>): void {
  const opts = served();
  const policy = policyOf({ ...CREATE, ...changes });
  new aws.iam.RolePolicy("uses", { role: roleFor("worker", opts).name, policy }, opts);
}

function boundary(changes: Readonly<Record<string, unknown>>): void {
  new aws.iam.Policy("boundary", { policy: policyOf({ ...CREATE, ...changes }) }, served());
}

const MESSAGE = '"uses" must constrain the grants of keys that it allows.';

testRule(keyGrantsAreConstrained, {
  accepts: {
    "grants to read and write in an encryption context": () => grant({}),
    "grants to read only": () =>
      grant({ Condition: { ...KIND, "ForAllValues:StringEquals": { "kms:GrantOperations": "Decrypt" } } }),
    "grants that services give to what they make": () => grant({ Condition: FOR_SERVICES }),
    "the same in any region, in a boundary": () =>
      boundary({ Condition: { ...FOR_RESOURCES, StringLike: { "kms:ViaService": "rds.*.amazonaws.com" } } }),
    "a boundary that allows as much": () => boundary({}),
    "other uses of a key": () => grant({ Action: ["kms:Decrypt"], Condition: {} }),
  },
  rejects: {
    "any grant": [() => grant({ Condition: {} }), MESSAGE],
    "grants in no context": [() => grant({ Condition: READ_AND_WRITE }), MESSAGE],
    "grants of any operation": [() => grant({ Condition: KIND }), MESSAGE],
    "grants to services, asked by anybody": [() => grant({ Condition: FOR_RESOURCES }), MESSAGE],
    "grants through any service": [
      () => grant({ Condition: { ...FOR_RESOURCES, StringLike: { "kms:ViaService": "*.amazonaws.com" } } }),
      MESSAGE,
    ],
    "grants through a service to anybody": [
      () => grant({ Condition: { StringEquals: { "kms:ViaService": "rds.eu-west-1.amazonaws.com" } } }),
      MESSAGE,
    ],
    "grants to create grants": [
      () => grant({ Condition: { ...KIND, "ForAllValues:StringEquals": { "kms:GrantOperations": ["CreateGrant"] } } }),
      MESSAGE,
    ],
    "any grant, by a wildcard": [() => grant({ Action: "kms:Create*", Condition: {} }), MESSAGE],
    "a boundary that allows any grant": [
      () => boundary({ Condition: {} }),
      '"boundary" must constrain the grants of keys that it allows.',
    ],
  },
});
