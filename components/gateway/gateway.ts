import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PROTOCOL_VERSIONS } from "../../contracts/headers.ts";
import type { Scenario } from "../../contracts/scenarios.ts";
import { TAG } from "../../contracts/tags.ts";
import { loadOf } from "../../environments/capacity/region-load.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { serviceRole, trustAgentcore } from "../identity/service-role.ts";
import { gatewayAlarms } from "../observability/gateway-alarms.ts";
import { gatewayObjectives } from "../observability/objectives/gateway-objectives.ts";
import type { VendedLogs } from "../observability/vended-logs.ts";
import type { Place } from "../place.ts";
import type { Interceptor } from "./interceptor.ts";
import type { PolicyEngine } from "./policy-engine.ts";

/** Whose tokens a gateway accepts: one issuer, and either an audience or the clients that it knows. */
export type TokenCheck = {
  readonly discoveryUrl: pulumi.Input<string>;
  readonly allowedScopes: pulumi.Input<readonly string[]>;
} & (
  | { readonly allowedAudiences: readonly string[]; readonly allowedClients?: never }
  | { readonly allowedClients: readonly pulumi.Input<string>[]; readonly allowedAudiences?: never }
);

/** The gateway of one tenant for one scenario, and what it works with. */
export interface GatewayArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly scenario: Scenario;
  readonly tokens: TokenCheck;
  readonly key: DataKey;
  readonly logs: VendedLogs;
  readonly alertTopicArn: pulumi.Input<string>;
  /** What says who calls, and what decides whether that may be. */
  readonly interceptor: Interceptor;
  readonly policyEngine: PolicyEngine;
}

/** What AgentCore does not change of a gateway that exists; the versions it does change for some accounts, nobody says for which. */
const FIXED = ["authorizerType", "protocolConfiguration.mcp.supportedVersions"];

/** The only way to a tenant's MCP servers: it checks who calls and that the token is of this tenant (premises 1, 4 and 5). */
export class Gateway extends pulumi.ComponentResource {
  readonly scenario: Scenario;
  readonly id: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  readonly role: aws.iam.Role;

  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:gateway:Gateway", name, {}, opts);
    const { place, tenant, scenario, key, logs, alertTopicArn } = args;
    const gatewayName = `${tenant}-${scenario}`;
    // AgentCore appends ten characters to the name; `*` would also match the gateways of a tenant whose id begins like this name.
    const ids = `${gatewayName}-??????????`;

    const trust = trustAgentcore(place, `gateway/${ids}`);
    this.role = serviceRole(name, { place, description: `AgentCore gateway ${gatewayName}`, trust }, { parent: this });
    const granted = [
      key.grantService(`${name}-key`, this.role),
      args.interceptor.grantInvoke(`${name}-interceptor`, this.role),
      args.policyEngine.grantAuthorize(`${name}-policies`, this.role, place, ids),
    ];
    const gateway = new aws.bedrock.AgentcoreGateway(
      name,
      {
        name: gatewayName,
        description: `MCP servers of ${tenant} for ${scenario}`,
        roleArn: this.role.arn,
        kmsKeyArn: key.arn,
        protocolType: "MCP",
        protocolConfiguration: { mcp: { searchType: "SEMANTIC", supportedVersions: [...PROTOCOL_VERSIONS] } },
        authorizerType: "CUSTOM_JWT",
        authorizerConfiguration: { customJwtAuthorizer: authorizer(args) },
        interceptorConfigurations: [interception(args)],
        policyEngineConfiguration: { arn: args.policyEngine.arn, mode: "ENFORCE" },
        tags: { [TAG.scenario]: scenario },
      },
      { parent: this, dependsOn: granted, replaceOnChanges: FIXED, deleteBeforeReplace: true },
    );
    logs.deliver(name, gateway.gatewayArn, { parent: this });
    const alarms = { gatewayArn: gateway.gatewayArn, topicArn: alertTopicArn, durationMs: 1_000 };
    gatewayAlarms(name, alarms, { parent: this });
    const latencyMs = loadOf(place.region).latencyThresholdMs;
    gatewayObjectives(name, { tenant, scenario, latencyMs, topicArn: alertTopicArn }, { parent: this });

    this.scenario = scenario;
    this.id = gateway.gatewayId;
    this.arn = gateway.gatewayArn;
    this.url = gateway.gatewayUrl;
    this.registerOutputs({ id: this.id, url: this.url });
  }
}

/** The interceptor verifies the caller's token again, so it must see the headers. */
function interception({ interceptor }: GatewayArgs): aws.types.input.bedrock.AgentcoreGatewayInterceptorConfiguration {
  return {
    interceptionPoints: ["REQUEST", "RESPONSE"],
    interceptor: { lambda: { arn: interceptor.arn } },
    inputConfiguration: { passRequestHeaders: true },
  };
}

type Authorizer = aws.types.input.bedrock.AgentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizer;

function authorizer({ tenant, tokens }: GatewayArgs): Authorizer {
  const { discoveryUrl, allowedScopes, allowedAudiences, allowedClients } = tokens;
  return {
    discoveryUrl,
    allowedScopes: pulumi.output(allowedScopes).apply((it) => [...it]),
    ...(allowedAudiences && { allowedAudiences: [...allowedAudiences] }),
    ...(allowedClients && { allowedClients: [...allowedClients] }),
    customClaims: [
      {
        inboundTokenClaimName: "tenant_id",
        inboundTokenClaimValueType: "STRING",
        authorizingClaimMatchValue: {
          claimMatchOperator: "EQUALS",
          claimMatchValue: { matchValueString: tenant },
        },
      },
    ],
  };
}
