import * as aws from "@pulumi/aws";
import { dataIsBackedUp } from "../../../../policies/premise-5-tenant-isolation/backups/data-is-backed-up.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { databaseOf } from "../../data-programs.ts";
import { roleFor, served } from "../../programs.ts";
import { backups } from "./backup-programs.ts";

const message = (name: string): string => `"${name}" must be in a backup plan of its stack, by its ARN.`;

testRule(dataIsBackedUp, {
  accepts: { "a database and a table in a plan": () => backups() },
  rejects: {
    "stores that no plan takes": [() => backups({ selected: [] }), message("database"), message("table")],
    "a table that a plan leaves out": [() => backups({ selected: ["database"] }), message("table")],
    "a database whose copies nobody makes": [() => databaseOf(served()), message("database")],
    "a table that is selected by tags alone": [
      () => {
        const opts = served();
        const plan = new aws.backup.Plan("plan", { rules: [{ ruleName: "daily", targetVaultName: "vault" }] }, opts);
        new aws.dynamodb.Table("table", { hashKey: "key" }, opts);
        const tag = { type: "STRINGEQUALS", key: "backup", value: "yes" };
        const iamRoleArn = roleFor("backup", opts).arn;
        new aws.backup.Selection("selection", { planId: plan.id, iamRoleArn, selectionTags: [tag] }, opts);
      },
      message("table"),
    ],
  },
});

testRule(
  dataIsBackedUp,
  {
    accepts: { "the database of a region's Keycloak in a plan": () => backups() },
    rejects: { "one in none": [() => databaseOf(served()), message("database")] },
  },
  { stack: "production.eu-west-1" },
);
