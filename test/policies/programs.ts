import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as keycloak from "@pulumi/keycloak";
import * as pulumi from "@pulumi/pulumi";
import { KIND, LABEL, TAG } from "../../contracts/tags.ts";
import type { Plan, PlannedResource } from "../../plan/model.ts";
import { TENANT_STACK } from "../support/rule-tester.ts";

/** Facts of the stack in which the programs run. */
export const TENANT = "xyz-gmbh";
export const REGION = "eu-west-1";
export const ACCOUNT = "111122223333";
export const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

type Opts = pulumi.CustomResourceOptions;

/** Options with a provider like the platform's: of the tenant's account and region, with its default tags. */
export function served({
  name = "aws",
  region = REGION,
  tags = { [TAG.environment]: "production", [TAG.tenant]: TENANT },
}: { name?: string; region?: string; tags?: Record<string, string> } = {}): Opts {
  const args = { region: region as aws.Region, allowedAccountIds: [ACCOUNT] };
  return { provider: new aws.Provider(name, Object.keys(tags).length > 0 ? { ...args, defaultTags: { tags } } : args) };
}

/** Options with a provider of a Kubernetes cluster that is yet to be made, so the programs run as a realistic preview. */
export function onCluster(name = "kubernetes"): Opts {
  const kubeconfig = JSON.stringify({ clusters: [{ cluster: { server: "https://cluster.example.com" } }] });
  return { provider: new kubernetes.Provider(name, { kubeconfig }) };
}

/** Options with a provider of the region's Keycloak. */
export function onKeycloak(): Opts {
  const args = { url: "https://identity.example.com", clientId: "deployer", initialLogin: false };
  return { provider: new keycloak.Provider("keycloak", args) };
}

/** The text of a policy document with the statements. */
export function policyOf(...statements: readonly unknown[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}

/** A role that AgentCore may assume. */
export function roleFor(name: string, opts: Opts, args: Partial<aws.iam.RoleArgs> = {}): aws.iam.Role {
  const trust = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "bedrock-agentcore.amazonaws.com" },
    Condition: {
      StringEquals: { "aws:SourceAccount": ACCOUNT },
      ArnLike: { "aws:SourceArn": `arn:aws:bedrock-agentcore:${REGION}:${ACCOUNT}:runtime/${name}-*` },
    },
  };
  return new aws.iam.Role(name, { assumeRolePolicy: policyOf(trust), ...args }, opts);
}

/** What a gateway demands of tokens, in the shape of its input. */
export function tokens(
  args: Partial<aws.types.input.bedrock.AgentcoreGatewayAuthorizerConfigurationCustomJwtAuthorizer> = {},
): aws.types.input.bedrock.AgentcoreGatewayAuthorizerConfiguration {
  const discoveryUrl = `https://identity.example.com/realms/${TENANT}/.well-known/openid-configuration`;
  return { customJwtAuthorizer: { discoveryUrl, allowedAudiences: ["https://mcp.example.com"], ...args } };
}

/** A gateway with its own role. */
export function gatewayOf(
  name: string,
  opts: Opts,
  args: Partial<aws.bedrock.AgentcoreGatewayArgs> = {},
): aws.bedrock.AgentcoreGateway {
  const roleArn = args.roleArn ?? roleFor(`${name}-gateway`, opts).arn;
  const defaults = { authorizerType: "CUSTOM_JWT", authorizerConfiguration: tokens(), protocolType: "MCP" };
  return new aws.bedrock.AgentcoreGateway(name, { name, ...defaults, roleArn, ...args }, opts);
}

/** A runtime with its own role, in the VPC; an MCP server unless its tags say otherwise. */
export function runtimeOf(
  name: string,
  opts: Opts,
  args: Partial<aws.bedrock.AgentcoreAgentRuntimeArgs> = {},
): aws.bedrock.AgentcoreAgentRuntime {
  const roleArn = args.roleArn ?? roleFor(`${name}-runtime`, opts).arn;
  return new aws.bedrock.AgentcoreAgentRuntime(
    name,
    {
      agentRuntimeName: name.replaceAll("-", "_"),
      agentRuntimeArtifact: { containerConfiguration: { containerUri: imageOf(name, opts) } },
      networkConfiguration: {
        networkMode: "VPC",
        networkModeConfig: { subnets: ["subnet-00000001"], securityGroups: ["sg-00000001"] },
      },
      tags: { [TAG.kind]: KIND.mcpServer },
      ...args,
      roleArn,
    },
    opts,
  );
}

/** An image by digest, in a repository of its own. */
export function imageOf(name: string, opts: Opts, reference = `@${DIGEST}`): pulumi.Output<string> {
  const repository = new aws.ecr.Repository(`${name}-image`, { name: `alicerce/${name}` }, opts);
  return pulumi.interpolate`${repository.repositoryUrl}${reference}`;
}

/** An endpoint of a runtime, pinned to its version. */
export function endpointOf(
  name: string,
  runtime: aws.bedrock.AgentcoreAgentRuntime,
  opts: Opts,
): aws.bedrock.AgentcoreAgentRuntimeEndpoint {
  const { agentRuntimeId } = runtime;
  return new aws.bedrock.AgentcoreAgentRuntimeEndpoint(
    name,
    { name: "production", agentRuntimeId, agentRuntimeVersion: "1" },
    opts,
  );
}

/** What can be said of an agent's Deployment. */
export interface AgentArgs {
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly container?: Partial<kubernetes.types.input.core.v1.Container>;
  readonly serviceAccountName?: string;
  readonly initContainers?: kubernetes.types.input.core.v1.Container[];
}

/** A Deployment that runs an agent. */
export function agentOf(name: string, opts: Opts, args: AgentArgs = {}): kubernetes.apps.v1.Deployment {
  const labels = args.labels ?? { [LABEL.kind]: KIND.agent, [LABEL.name]: name, [LABEL.version]: "1.0.0" };
  const { namespace = TENANT, serviceAccountName, initContainers } = args;
  const container = { name: "agent", image: `registry.example.com/agent@${DIGEST}`, ...args.container };
  const pod = {
    containers: [container],
    ...(initContainers !== undefined && { initContainers }),
    ...(serviceAccountName !== undefined && { serviceAccountName }),
  };
  return new kubernetes.apps.v1.Deployment(
    name,
    {
      metadata: { name, namespace, labels },
      spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: pod } },
    },
    opts,
  );
}

/** What a plan as data must say of a resource. */
export type Described = Partial<PlannedResource> & Pick<PlannedResource, "type" | "name">;

/** A plan as data, for types that the sandbox does not know. */
export function planOf(...resources: readonly Described[]): Plan {
  return {
    stack: TENANT_STACK,
    complete: true,
    resources: resources.map((it) => ({
      urn: urnOf(it.type, it.name),
      custom: true,
      inputs: {},
      dependencies: [],
      propertyDependencies: {},
      ...it,
    })),
  };
}

/** The URN of a resource of such a plan. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:${TENANT_STACK}::alicerce::${type}::${name}`;
}

/** The same text as `policyOf` gives, for plans as data. */
export function policyOfText(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
