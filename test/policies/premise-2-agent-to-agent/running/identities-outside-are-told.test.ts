import { workloadsAreToldWhatTheyRead } from "../../../../policies/premise-2-agent-to-agent/running/workloads-are-told-what-they-read.ts";
import type { Plan } from "../../../../plan/model.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped } from "../../edited-plans.ts";
import { edited, type Inputs } from "../../proofs/edits.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";
const CONSUMERS = "production.sa-east-1.lumina-sa";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const FUNCTION = "aws:lambda/function:Function";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";

const BFF_CLIENT = String(
  shipped(TENANT).resources.find((it) => it.type === CLIENT && it.name === "bff-b2b")?.outputs?.["id"],
);
const PARTNERS = String(
  variablesOf(found(DEPLOYMENT, "bff-b2b").inputs).find((it) => it["name"] === "PARTNER_CLIENTS")?.["value"],
);

function found(type: string, name: string) {
  return shipped(TENANT).resources.find((it) => it.type === type && it.name === name)!;
}

function variablesOf(inputs: object): Inputs[] {
  const { spec } = inputs as { spec: { template: { spec: { containers: { env: Inputs[] }[] } } } };
  return spec.template.spec.containers[0]!.env;
}

/** The shipped stack in which the BFF is told of other partners. */
function partners(value: string): Plan {
  const change = (inputs: Inputs): void => {
    for (const it of variablesOf(inputs)) if (it["name"] === "PARTNER_CLIENTS") it["value"] = value;
  };
  return edited([shipped(TENANT)], { type: DEPLOYMENT, name: "bff-b2b", change })[0]!;
}

/** The shipped stack in which the function that writes providers is told of others. */
function providers(value: string): Plan {
  const change = (inputs: Inputs): void => {
    (inputs as { environment: { variables: Inputs } }).environment.variables["PROVIDERS"] = value;
  };
  return edited([shipped(CONSUMERS)], { type: FUNCTION, name: "sign-in-providers", change })[0]!;
}

const wrong = (of: string, name: string): string => `"${of}" must be given ${name} as its code takes it.`;
const WRONG_PARTNERS = wrong("bff-b2b", "PARTNER_CLIENTS");
const WRONG_PROVIDERS = wrong("sign-in-providers", "PROVIDERS");

testRule(workloadsAreToldWhatTheyRead, {
  accepts: {
    "a tenant whose partners have clients": shipped(TENANT),
    "a tenant with providers of sign-in": shipped(CONSUMERS),
  },
  rejects: {
    "partners who are no list": [partners("{}x"), WRONG_PARTNERS],
    "partners who are not those of the data": [partners("{}"), WRONG_PARTNERS],
    "a partner behind whom another client is": [
      partners(PARTNERS.replace(/^\{"[^"]+"/, `{"${BFF_CLIENT}"`)),
      WRONG_PARTNERS,
    ],
    "a partner with more than the data give her": [
      partners(PARTNERS.replace('"products:read"', '"products:read","agents:ask"')),
      WRONG_PARTNERS,
    ],
    "providers of sign-in that are not those of the data": [providers("{}"), WRONG_PROVIDERS],
    "providers of sign-in that are no list": [providers("{}x"), WRONG_PROVIDERS],
  },
});
