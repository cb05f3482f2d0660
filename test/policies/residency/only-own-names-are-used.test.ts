import { onlyOwnNamesAreUsed } from "../../../policies/residency/only-own-names-are-used.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, policyOfText } from "../programs.ts";

const FUNCTION = "aws:lambda/function:Function";
const withVariable = (value: string) =>
  planOf({ type: FUNCTION, name: "interceptor", inputs: { environment: { variables: { NAME: value } } } });
const VAULT = "arn:aws:backup:eu-central-1:111122223333:backup-vault:copies";
/** A grant in a region, to a role that a service becomes. */
function grantIn(region: string, service: string) {
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } };
  const resource = `arn:aws:kms:${region}:111122223333:key/one`;
  return planOf(
    {
      type: "aws:iam/role:Role",
      name: "role",
      inputs: { name: "role", assumeRolePolicy: policyOfText(trust) },
      outputs: { name: "role" },
    },
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "uses",
      inputs: {
        role: "role",
        policy: policyOfText({ Effect: "Allow", Action: "kms:DescribeKey", Resource: resource }),
      },
    },
  );
}

const PATH = "in environment.variables.NAME.";

testRule(onlyOwnNamesAreUsed, {
  accepts: {
    "a name of the stack's own tenant": withVariable("records-xyz-gmbh"),
    "an ARN of the environment's account": withVariable("arn:aws:iam::111122223333:role/alicerce/interceptor"),
    "an ARN of AWS": withVariable("arn:aws:iam::aws:policy/one"),
    "an address in the own region": withVariable("https://identity.eu-west-1.agents.example.com"),
    "the region of the resource itself": planOf({
      type: "aws:kms/replicaKey:ReplicaKey",
      name: "key",
      inputs: { region: "eu-central-1", policy: "arn:aws:logs:eu-central-1:111122223333:log-group:one" },
    }),
    "digits in a longer name": withVariable("sg-bf524261061058b87"),
    "an id (UUID) that ends in digits, as names of secrets of Amazon RDS may": withVariable(
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-5ddd53b3-b233-8f08-62ef-262605912858-l5bzyf",
    ),
    "a backup that is copied to the other region of the residency": planOf({
      type: "aws:backup/plan:Plan",
      name: "daily",
      inputs: { rules: [{ copyActions: [{ destinationVaultArn: VAULT }] }] },
    }),
    "a key in the standby, for the service that copies": grantIn("eu-central-1", "backup.amazonaws.com"),
    "a longer name that holds the id of a tenant": withVariable("notacme-corp"),
    "another tenant in a text for people": planOf({
      type: FUNCTION,
      name: "interceptor",
      inputs: { description: "like that of acme-corp" },
    }),
  },
  rejects: {
    "a key in the standby, for a function": [
      grantIn("eu-central-1", "lambda.amazonaws.com"),
      '"uses" must not name the region eu-central-1 in policy.',
    ],
    "a key outside the set, for the service that copies": [
      grantIn("us-east-1", "backup.amazonaws.com"),
      '"uses" must not name the region us-east-1 in policy.',
    ],
    "a table of another tenant": [
      withVariable("records-acme-corp"),
      `"interceptor" must not name the tenant acme-corp ${PATH}`,
    ],
    "a runtime of another tenant, with underscores": [
      withVariable("acme_corp_mcp_database_v3"),
      `"interceptor" must not name the tenant acme-corp ${PATH}`,
    ],
    "a role of another account": [
      withVariable("arn:aws:iam::999900001111:role/alicerce/interceptor"),
      `"interceptor" must not name the account 999900001111 ${PATH}`,
    ],
    "an address in another region": [
      withVariable("https://identity.us-east-1.agents.example.com"),
      `"interceptor" must not name the region us-east-1 ${PATH}`,
    ],
    "another region of the same residency": [
      withVariable("arn:aws:dynamodb:eu-central-1:111122223333:table/records"),
      `"interceptor" must not name the region eu-central-1 ${PATH}`,
    ],
    "an account behind a word with a dash": [
      withVariable("role-abcd-999900001111"),
      `"interceptor" must not name the account 999900001111 ${PATH}`,
    ],
    "an image of another account": [
      withVariable("999900001111.dkr.ecr.eu-west-1.amazonaws.com/alicerce/mcp-database"),
      `"interceptor" must not name the account 999900001111 ${PATH}`,
    ],
  },
});
