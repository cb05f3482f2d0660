import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import type { Proof } from "../../../../policies/engine/proof.ts";
import { functionsMayRun } from "../../../../policies/proofs/functions-may-run.ts";
import { linksLeadToWhatIsDeclared } from "../../../../policies/proofs/links-lead-to-what-is-declared.ts";
import { subnetsLeadOut } from "../../../../policies/proofs/liveness/running/subnets-lead-out.ts";
import { serversReachTheirDatabase } from "../../../../policies/proofs/liveness/servers-reach-their-database.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, type Inputs, set } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const FUNCTION = "aws:lambda/function:Function";
const NAT = "aws:ec2/natGateway:NatGateway";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

let plans: readonly Plan[];

beforeAll(() => {
  plans = (plansOfAllEnvironments().get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
});

function found(proof: Proof, edit: Edit): string {
  return waysOf(verdictOf(proof, ...edited(plans, edit))).join("\n");
}

function idOf(type: string, name: string): unknown {
  return plans.flatMap(({ resources }) => resources).find((it) => it.type === type && it.name === name)?.outputs?.[
    "id"
  ];
}

const inside = (name: string, change: (config: Inputs) => void): Edit => ({
  type: FUNCTION,
  name,
  change: (it) => {
    change(it["vpcConfig"] as Inputs);
  },
});

const strange = (name: string): Edit => inside(name, (it) => (it["securityGroupIds"] = [idOf(GROUP, "endpoints")]));

describe("a function that does not reach what it needs is found:", () => {
  it("one that sets up a database of which nobody knows", () => {
    const edit = {
      type: FUNCTION,
      name: "keycloak-login",
      change: set(["environment", "variables", "DATABASE_HOST"], "database.example.com"),
    };
    expect(found(serversReachTheirDatabase, edit)).toContain(
      '"keycloak-login" must name the host of a declared database.',
    );
  });

  it.each(["keycloak-login", "database-setup"])("%s in a security group that the database does not admit", (name) => {
    expect(found(serversReachTheirDatabase, strange(name))).toContain(`"${name}"`);
  });

  it("one that reaches no secret", () => {
    expect(found(functionsMayRun, strange("realm-keeper"))).toContain(
      '"realm-keeper" must reach a private endpoint of secretsmanager: "realm-keeper" needs it.',
    );
  });

  it("one in a public subnet", () => {
    const edit = inside("keycloak-login", (it) => {
      it["subnetIds"] = [idOf("aws:ec2/subnet:Subnet", "vpc-euw1-az1-public")];
    });
    expect(found(subnetsLeadOut, edit)).toContain("must have a route to a declared NAT gateway.");
  });
});

describe("a link that leads nowhere is found:", () => {
  it.each<readonly [string, Edit, string]>([
    [
      "an address of two NAT gateways",
      { type: NAT, name: /^vpc-/, change: (it) => (it["allocationId"] = idOf("aws:ec2/eip:Eip", "vpc-euw1-az1")) },
      "must not share",
    ],
    [
      "an instance of no database",
      { type: INSTANCE, name: "database-a", change: set(["clusterIdentifier"], "other") },
      '"database-a" must name in clusterIdentifier',
    ],
    [
      "settings of a bucket that are made in another region",
      { type: "aws:s3/bucketVersioning:BucketVersioning", name: "bucket-standby", change: set(["region"], undefined) },
      '"bucket-standby" must be in the region of "bucket-standby".',
    ],
    [
      "backups that are first made in another region",
      {
        type: "aws:backup/plan:Plan",
        name: "backups",
        change: set(["rules", "0", "targetVaultName"], "alicerce-xyz-gmbh-from-eu-west-1"),
      },
      '"backups" must be in the region of "backups-standby".',
    ],
    [
      "an alarm about the copies of no table",
      { type: ALARM, name: "copies-bff-b2b-jobs", change: set(["dimensions", "TableName"], "other") },
      '"copies-bff-b2b-jobs" must name in dimensions.TableName',
    ],
  ])("%s", (_, edit, message) => {
    expect(found(linksLeadToWhatIsDeclared, edit)).toContain(message);
  });
});
