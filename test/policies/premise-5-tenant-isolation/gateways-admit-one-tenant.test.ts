import { gatewaysAdmitOneTenant } from "../../../policies/premise-5-tenant-isolation/gateways-admit-one-tenant.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served, TENANT, tokens } from "../programs.ts";

interface Claim {
  readonly name?: string;
  readonly value?: string;
}

function admitting(...claims: readonly Claim[]): void {
  const customClaims = claims.map(({ name = "tenant_id", value = TENANT }) => ({
    inboundTokenClaimName: name,
    inboundTokenClaimValueType: "STRING",
    authorizingClaimMatchValue: { claimMatchOperator: "EQUALS", claimMatchValue: { matchValueString: value } },
  }));
  gatewayOf("mcp", served(), { authorizerConfiguration: tokens({ customClaims }) });
}

/** Tokens that merely list the tenant among others. */
function admittingLists(): void {
  const claim = {
    inboundTokenClaimName: "tenant_id",
    inboundTokenClaimValueType: "STRING_ARRAY",
    authorizingClaimMatchValue: { claimMatchOperator: "CONTAINS", claimMatchValue: { matchValueString: TENANT } },
  };
  gatewayOf("mcp", served(), { authorizerConfiguration: tokens({ customClaims: [claim] }) });
}

const MESSAGE = '"mcp" must admit only tokens whose tenant_id is "xyz-gmbh".';

testRule(gatewaysAdmitOneTenant, {
  accepts: {
    "its own tenant": () => admitting({}),
    "its own tenant, under a further condition": () => admitting({ name: "agent", value: "coordinator" }, {}),
  },
  rejects: {
    "no claim": [() => void gatewayOf("mcp", served()), MESSAGE],
    "another tenant": [() => admitting({ value: "acme-corp" }), MESSAGE],
    "another claim": [() => admitting({ name: "organization_id" }), MESSAGE],
    "tokens of several tenants": [admittingLists, MESSAGE],
  },
});
