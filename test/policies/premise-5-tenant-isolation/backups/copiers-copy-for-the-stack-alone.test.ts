import { copiersCopyForTheStackAlone } from "../../../../policies/premise-5-tenant-isolation/backups/copiers-copy-for-the-stack-alone.ts";
import type { Plan } from "../../../../plan/model.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { type Inputs, statementsIn } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";

/** The shipped stack in which the statement that allows an action has other conditions. */
const conditioned = (name: string, action: string, condition: unknown): Plan =>
  shippedWith(
    TENANT,
    "aws:iam/rolePolicy:RolePolicy",
    name,
    statementsIn("policy", (all) =>
      all.map((it): Inputs => ([it["Action"]].flat().includes(action) ? { ...it, Condition: condition } : it)),
    ),
  );

const copying = (condition: unknown): Plan => conditioned("backups", "backup:CopyFromBackupVault", condition);
const opening = (condition: unknown): Plan => conditioned("bff-b2b-uploads-copies", "kms:Decrypt", condition);
const vault = (account: string, name: string): string =>
  `arn:aws:backup:eu-central-1:${account}:backup-vault:alicerce-${name}`;
const targets = (...arns: readonly string[]) => ({ "ForAllValues:ArnEquals": { "backup:CopyTargets": arns } });

const ELSEWHERE = '"backups" must allow copies of backups to vaults of its account alone.';
const OPEN = '"bff-b2b-uploads-copies" must allow the use of keys through the services that copy alone.';

testRule(copiersCopyForTheStackAlone, {
  accepts: {
    "the shipped stack of a tenant": shipped(TENANT),
    "two vaults of the account": copying(targets(vault("111122223333", "one"), vault("111122223333", "two"))),
    "one service of two": opening({ StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }),
  },
  rejects: {
    "copies to whichever vault": [copying({}), ELSEWHERE],
    "copies to a vault of another account": [copying(targets(vault("999900001111", "one"))), ELSEWHERE],
    "copies to vaults of one name": [copying(targets(vault("111122223333", "*"))), ELSEWHERE],
    "copies that a condition bounds if it can": [
      copying({ "ForAllValues:ArnEqualsIfExists": { "backup:CopyTargets": [vault("111122223333", "one")] } }),
      ELSEWHERE,
    ],
    "a key for whoever asks": [opening({}), OPEN],
    "a key through all services": [opening({ StringLike: { "kms:ViaService": "*" } }), OPEN],
  },
});
