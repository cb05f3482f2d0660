import type { Plan } from "../../../../plan/model.ts";
import { clientsOfferTheTenantsProviders } from "../../../../policies/premise-4-registered-clients/providers/clients-offer-the-tenants-providers.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const LUMINA = "production.sa-east-1.lumina-sa";
const ACME = "production.us-east-1.acme-corp";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";

const offering = (stack: string, client: string, ...providers: readonly string[]): Plan =>
  shippedWith(stack, CLIENT, client, set(["supportedIdentityProviders"], providers));

const SIGN_IN = "bff-b2c-sign-in";
const unnamed = (provider: string): string =>
  `"${SIGN_IN}" must not let people sign in by ${provider}, which the tenant's data does not name.`;
const UNWRITTEN = `"${SIGN_IN}" must offer providers that a function of the stack writes to its pool.`;

testRule(clientsOfferTheTenantsProviders, {
  accepts: {
    "those of the data, which a function writes": shipped(LUMINA),
    "the pool alone": shipped(ACME),
    "fewer than the data names": offering(LUMINA, SIGN_IN, "COGNITO", "Google"),
  },
  rejects: {
    "one that the data does not name": [offering(LUMINA, SIGN_IN, "COGNITO", "Facebook"), unnamed("Facebook")],
    "one in a tenant that names none": [offering(ACME, SIGN_IN, "COGNITO", "Google"), unnamed("Google"), UNWRITTEN],
    "those that nobody writes to the pool": [
      shippedWith(LUMINA, "aws:lambda/function:Function", "sign-in-providers"),
      UNWRITTEN,
    ],
    "those that are written to the pool by no deployment": [
      shippedWith(LUMINA, "aws:lambda/invocation:Invocation", "sign-in-providers"),
      UNWRITTEN,
    ],
    "one for machines": [
      offering(LUMINA, "bff-b2c", "Google"),
      '"bff-b2c" is no application of people, and must name no provider.',
    ],
  },
});
