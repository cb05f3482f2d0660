import * as aws from "@pulumi/aws";
import { targetsAreCalledAsTheGateway } from "../../../policies/premise-1-gateway-only/targets-are-called-as-the-gateway.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served } from "../programs.ts";

type Credentials = aws.types.input.bedrock.AgentcoreGatewayTargetCredentialProviderConfiguration;

function target(credentialProviderConfiguration?: Credentials): void {
  const opts = served();
  const args = {
    gatewayIdentifier: gatewayOf("mcp", opts).gatewayId,
    targetConfiguration: { mcp: { mcpServer: { endpoint: "https://example.com/mcp" } } },
  };
  new aws.bedrock.AgentcoreGatewayTarget(
    "database",
    credentialProviderConfiguration === undefined ? args : { ...args, credentialProviderConfiguration },
    opts,
  );
}

const ROLE = '"database" must be called with the gateway\'s role, for the service bedrock-agentcore.';

testRule(targetsAreCalledAsTheGateway, {
  accepts: { "the gateway's role": () => target({ gatewayIamRole: { service: "bedrock-agentcore" } }) },
  rejects: {
    "no credentials": [() => target(), ROLE],
    "the gateway's role for no service": [() => target({ gatewayIamRole: {} }), ROLE],
    "the caller's token": [
      () => target({ jwtPassthrough: {} }),
      ROLE,
      '"database" must not be given the caller\'s token.',
    ],
  },
});
