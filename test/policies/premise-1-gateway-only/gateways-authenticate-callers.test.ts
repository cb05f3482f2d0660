import { gatewaysAuthenticateCallers } from "../../../policies/premise-1-gateway-only/gateways-authenticate-callers.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served, tokens } from "../programs.ts";

testRule(gatewaysAuthenticateCallers, {
  accepts: {
    "an issuer and an audience": () => void gatewayOf("mcp", served()),
    "an issuer and its clients": () =>
      void gatewayOf("mcp", served(), {
        authorizerConfiguration: tokens({ allowedAudiences: [], allowedClients: ["agent"] }),
      }),
  },
  rejects: {
    "callers that AWS has signed in": [
      () => void gatewayOf("mcp", served(), { authorizerType: "AWS_IAM" }),
      '"mcp" must have the authorizer CUSTOM_JWT.',
    ],
    "a gateway without an authorizer's configuration": [
      () => void gatewayOf("mcp", served(), { authorizerConfiguration: {} }),
      '"mcp" must name its issuer by an https discovery URL.',
      '"mcp" must name the audiences or clients whose tokens it accepts.',
    ],
    "an issuer without TLS": [
      () =>
        void gatewayOf("mcp", served(), {
          authorizerConfiguration: tokens({ discoveryUrl: "http://id.example.com/.well-known/openid-configuration" }),
        }),
      '"mcp" must name its issuer by an https discovery URL.',
    ],
    "an audience without a name": [
      () => void gatewayOf("mcp", served(), { authorizerConfiguration: tokens({ allowedAudiences: [""] }) }),
      '"mcp" must name the audiences or clients whose tokens it accepts.',
    ],
    "every audience, beside one": [
      () =>
        void gatewayOf("mcp", served(), { authorizerConfiguration: tokens({ allowedAudiences: ["gateway", "*"] }) }),
      '"mcp" must name the audiences or clients whose tokens it accepts.',
    ],
    "a client without a name, beside an audience": [
      () => void gatewayOf("mcp", served(), { authorizerConfiguration: tokens({ allowedClients: [" "] }) }),
      '"mcp" must name the audiences or clients whose tokens it accepts.',
    ],
    "any token of the issuer": [
      () => void gatewayOf("mcp", served(), { authorizerConfiguration: tokens({ allowedAudiences: [] }) }),
      '"mcp" must name the audiences or clients whose tokens it accepts.',
    ],
  },
});
