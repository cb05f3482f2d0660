import * as aws from "@pulumi/aws";
import { MCP_REQUEST_HEADERS, MCP_RESPONSE_HEADERS } from "../../../contracts/headers.ts";
import { KIND, TAG } from "../../../contracts/tags.ts";
import { serversHearOnlyKnownHeaders } from "../../../policies/premise-5-tenant-isolation/servers-hear-only-known-headers.ts";
import { testRule } from "../../support/rule-tester.ts";
import { gatewayOf, runtimeOf, served } from "../programs.ts";

type Metadata = aws.types.input.bedrock.AgentcoreGatewayTargetMetadataConfiguration;

function target(metadataConfiguration?: Metadata): void {
  const opts = served();
  const args = {
    gatewayIdentifier: gatewayOf("mcp", opts).gatewayId,
    targetConfiguration: { mcp: { mcpServer: { endpoint: "https://example.com/mcp" } } },
    credentialProviderConfiguration: { gatewayIamRole: { service: "bedrock-agentcore" } },
  };
  const all = metadataConfiguration === undefined ? args : { ...args, metadataConfiguration };
  new aws.bedrock.AgentcoreGatewayTarget("database", all, opts);
}

function runtime(header: string, kind: string = KIND.mcpServer): void {
  const tags = { [TAG.kind]: kind };
  const requestHeaderConfiguration = { requestHeaderAllowlists: [...MCP_REQUEST_HEADERS, header] };
  runtimeOf("files", served(), { tags, requestHeaderConfiguration });
}

const KNOWN = { allowedRequestHeaders: [...MCP_REQUEST_HEADERS], allowedResponseHeaders: [...MCP_RESPONSE_HEADERS] };
const REQUEST = '"database" must not let the request header';

testRule(serversHearOnlyKnownHeaders, {
  accepts: {
    "the known headers": () => target(KNOWN),
    "no header at all": () => target(),
    "a known header, however it is written": () => target({ allowedRequestHeaders: ["x-tenant-id"] }),
    "a server that hears the known headers": () => runtime("TRACEPARENT"),
  },
  rejects: {
    "the caller's token": [
      () => target({ ...KNOWN, allowedRequestHeaders: ["Authorization"] }),
      `${REQUEST} "Authorization" through.`,
    ],
    "headers of the caller's own": [
      () => target({ allowedRequestHeaders: ["X-Tenant", "X-Role"] }),
      `${REQUEST} "X-Tenant", "X-Role" through.`,
    ],
    "an answer's header that nobody knows": [
      () => target({ allowedResponseHeaders: ["X-Debug"] }),
      '"database" must not let the response header "X-Debug" through.',
    ],
    "query parameters": [
      () => target({ ...KNOWN, allowedQueryParameters: ["tenant"] }),
      '"database" must let no query parameter through.',
    ],
    "a server that hears more": [
      () => runtime("X-Debug-User"),
      '"files" must not let the request header "X-Debug-User" through.',
    ],
  },
  ignores: { "an agent, which no interceptor speaks to": () => runtime("X-Debug-User", KIND.agent) },
});
