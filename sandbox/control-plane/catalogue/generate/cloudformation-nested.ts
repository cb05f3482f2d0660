import type { PropertyType, SpecDatabase } from "@aws-cdk/service-spec-types";
import type { ObjectSpec, TypeSpec } from "../spec.ts";

const RUNTIME = "AWS::BedrockAgentCore::Runtime";
const GATEWAY = "AWS::BedrockAgentCore::Gateway";

/** Nested properties whose allowed values CloudFormation lists, with the type and path of the list; the SDK's documentation has the same values. */
const PLACES: Readonly<Record<string, Readonly<Record<string, readonly [type: string, path: string]>>>> = {
  "aws:bedrock.AgentcoreAgentRuntimeNetworkConfiguration": {
    networkMode: [RUNTIME, "NetworkConfiguration.NetworkMode"],
  },
  "aws:bedrock.AgentcoreAgentRuntimeProtocolConfiguration": { serverProtocol: [RUNTIME, "ProtocolConfiguration"] },
  "aws:bedrock.AgentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizerCustomClaim": {
    inboundTokenClaimValueType: [
      GATEWAY,
      "AuthorizerConfiguration.CustomJWTAuthorizer.CustomClaims.InboundTokenClaimValueType",
    ],
  },
  "aws:bedrock.AgentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizerCustomClaimAuthorizingClaimMatchValue": {
    claimMatchOperator: [
      GATEWAY,
      "AuthorizerConfiguration.CustomJWTAuthorizer.CustomClaims.AuthorizingClaimMatchValue.ClaimMatchOperator",
    ],
  },
  "aws:bedrock.AgentcoreGatewayInterceptorConfiguration": {
    interceptionPoints: [GATEWAY, "InterceptorConfigurations.InterceptionPoints"],
  },
  "aws:bedrock.AgentcoreGatewayPolicyEngineConfiguration": { mode: [GATEWAY, "PolicyEngineConfiguration.Mode"] },
  "aws:bedrock.AgentcoreGatewayProtocolConfigurationMcp": {
    searchType: [GATEWAY, "ProtocolConfiguration.Mcp.SearchType"],
  },
};

/** Restricts the properties of a nested type to the values that CloudFormation lists; throws when the list has moved. */
export function narrowNested(db: SpecDatabase, ref: string, object: ObjectSpec): ObjectSpec {
  const places = PLACES[ref];
  if (places === undefined) return object;
  const properties = { ...object.properties };
  for (const [name, [type, path]] of Object.entries(places)) {
    const property = properties[name];
    const values = valuesAt(db, type, path.split("."));
    if (property === undefined || values === undefined)
      throw new Error(`${ref}.${name} is not ${type} ${path} any more`);
    properties[name] = { ...property, type: closed(property.type, values) };
  }
  return { ...object, properties };
}

function closed(type: TypeSpec, values: readonly string[]): TypeSpec {
  return typeof type === "object" && "array" in type ? { array: closed(type.array, values) } : { values };
}

function valuesAt(db: SpecDatabase, type: string, path: readonly string[]): readonly string[] | undefined {
  const [resource] = db.lookup("resource", "cloudFormationType", "equals", type);
  const first = resource?.properties[path[0] ?? ""]?.type;
  const found = path.slice(1).reduce((at, name) => memberOf(db, at, name), first);
  const element = found?.type === "array" ? found.element : found;
  return element?.type === "string" ? element.allowedValues : undefined;
}

function memberOf(db: SpecDatabase, type: PropertyType | undefined, name: string): PropertyType | undefined {
  if (type?.type === "array") return memberOf(db, type.element, name);
  return type?.type === "ref" ? db.get("typeDefinition", type.reference.$ref).properties[name]?.type : undefined;
}
