import * as aws from "@pulumi/aws";
import { targetsAreCalledAsTheGateway } from "../../../policies/premise-1-gateway-only/targets-are-called-as-the-gateway.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, served } from "../programs.ts";

type Credentials = aws.types.input.bedrock.AgentcoreGatewayTargetCredentialProviderConfiguration;
type Configuration = aws.types.input.bedrock.AgentcoreGatewayTargetTargetConfiguration;

const RUNTIME =
  "https://bedrock-agentcore.eu-west-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aeu-west-1%3A444455556666%3Aruntime%2Fdatabase-0123456789/invocations";
const SERVER: Configuration = { mcp: { mcpServer: { endpoint: RUNTIME } } };
const SAAS: Configuration = { mcp: { mcpServer: { endpoint: "https://mcp.example.com/" } } };
const OPEN_API: Configuration = { mcp: { openApiSchema: { s3: { uri: "s3://schemas/orders.json" } } } };
const FUNCTION: Configuration = {
  mcp: {
    lambda: {
      lambdaArn: "arn:aws:lambda:eu-west-1:444455556666:function:orders",
      toolSchema: { s3: { uri: "s3://schemas/orders.json" } },
    },
  },
};
const HTTP: Configuration = {
  http: { agentcoreRuntime: { arn: "arn:aws:bedrock-agentcore:eu-west-1:444455556666:runtime/database-0123456789" } },
};

const ROLE_CREDENTIALS: Credentials = { gatewayIamRole: { service: "bedrock-agentcore" } };
const OAUTH: Credentials = {
  oauth: {
    providerArn: "arn:aws:bedrock-agentcore:eu-west-1:444455556666:token-vault/default/oauth2credentialprovider/saas",
    scopes: ["mcp:read"],
  },
};
const API_KEY: Credentials = {
  apiKey: {
    providerArn: "arn:aws:bedrock-agentcore:eu-west-1:444455556666:token-vault/default/apikeycredentialprovider/saas",
  },
};

function target(credentialProviderConfiguration?: Credentials, targetConfiguration: Configuration = SERVER): void {
  const opts = served();
  const gatewayIdentifier = gatewayOf("mcp", opts).gatewayId;
  new aws.bedrock.AgentcoreGatewayTarget(
    "database",
    {
      gatewayIdentifier,
      targetConfiguration,
      ...(credentialProviderConfiguration !== undefined && { credentialProviderConfiguration }),
    },
    opts,
  );
}

const ROLE = '"database" must be called with the gateway\'s role, for the service bedrock-agentcore.';
const OWN = '"database" must be called with the gateway\'s role or with credentials that the gateway keeps.';
const TOKEN = '"database" must not be given the credentials of the caller.';

testRule(targetsAreCalledAsTheGateway, {
  accepts: {
    "a runtime, with the gateway's role": () => target(ROLE_CREDENTIALS),
    "a runtime without MCP, with the gateway's role": () => target(ROLE_CREDENTIALS, HTTP),
    "a server elsewhere, with an OAuth client of the gateway's": () => target(OAUTH, SAAS),
    "an API, with a key that the gateway keeps": () => target(API_KEY, OPEN_API),
    "a function, with the gateway's role": () => target({ gatewayIamRole: {} }, FUNCTION),
  },
  rejects: {
    "no credentials": [() => target(), ROLE],
    "the gateway's role for no service": [() => target({ gatewayIamRole: {} }), ROLE],
    "the caller's token": [() => target({ jwtPassthrough: {} }), ROLE, TOKEN],
    "a runtime, with a token that its servers cannot tell from a caller's": [() => target(OAUTH), ROLE],
    "a runtime without MCP, with the caller's credentials": [
      () => target({ callerIamCredentials: { service: "lambda" } }, HTTP),
      ROLE,
      TOKEN,
    ],
    "the caller's token, to a server elsewhere": [() => target({ jwtPassthrough: {} }, SAAS), OWN, TOKEN],
    "the caller's token, to an API": [() => target({ jwtPassthrough: {} }, OPEN_API), OWN, TOKEN],
    "a function, with the caller's credentials": [
      () => target({ callerIamCredentials: { service: "lambda" } }, FUNCTION),
      OWN,
      TOKEN,
    ],
    "an API that anybody may call": [() => target(undefined, OPEN_API), OWN],
  },
});
