import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { spansEndpoint } from "../../contracts/records/container-logs.ts";
import { RUNTIME_ENDPOINT } from "../../contracts/identifiers.ts";
import { PUBLIC_RANGES } from "../../contracts/network/public-ranges.ts";
import { TAG } from "../../contracts/tags.ts";
import { TRACES_SAMPLED } from "../../environments/observability/traces.ts";
import { grant } from "../identity/service-role.ts";
import type { VendedLogs } from "../observability/vended-logs.ts";
import type { Place, PrivateNetwork } from "../place.ts";
import { onlyCallers } from "./only-callers.ts";

/** What runs, where, as whom, and who may call it. */
export interface RuntimeArgs {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly workload: {
    readonly kind: string;
    readonly service: string;
    readonly version: string;
    readonly serverProtocol: "MCP" | "A2A";
    readonly imageUri: string;
    readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
    /** Beside those that every workload has. */
    readonly tags?: Readonly<Record<string, string>>;
    /** The headers of a call that it is shown. */
    readonly requestHeaders?: readonly string[];
    /** Security groups beside its own, for what they open. */
    readonly groupIds?: readonly pulumi.Input<string>[];
    /** Calls servers on the internet. */
    readonly reachesInternet?: boolean;
    /** Ranges of private addresses outside of the network in which it calls servers. */
    readonly reachesNetworks?: readonly string[];
  };
  /** Name on AgentCore; see `runtimeName`. */
  readonly runtimeName: string;
  /** The version that its endpoint serves; it must exist. Later ones are created by changes, and serve nobody. */
  readonly agentRuntimeVersion: string;
  readonly role: aws.iam.Role;
  /** What the role is granted besides: it does not run without. */
  readonly granted?: readonly pulumi.Resource[];
  /** ARNs of the only roles that may call it; everyone else is refused, whatever IAM says. */
  readonly callerArns: readonly pulumi.Input<string>[];
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly logs: VendedLogs;
}

/** A service on AgentCore Runtime: private, pinned to a version, and deaf to all but its callers (premises 1, 3 and 6). */
export class Runtime extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly endpointArn: pulumi.Output<string>;
  /** Where the endpoint is called with SigV4. */
  readonly invocationUrl: pulumi.Output<string>;
  /** What must exist before anybody may call: the endpoint and the refusal of all other callers. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: RuntimeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:compute:Runtime", name, {}, opts);
    const { callerArns, logs, place } = args;

    const group = egressGroup(name, args, this);
    const runtime = agentRuntime(name, args, group, this);
    this.arn = runtime.agentRuntimeArn;
    this.id = runtime.agentRuntimeId;
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      {
        name: pulumi.interpolate`/aws/bedrock-agentcore/runtimes/${runtime.agentRuntimeId}-${RUNTIME_ENDPOINT}`,
        kmsKeyId: args.kmsKeyArn,
        retentionInDays: 365,
      },
      { parent: this },
    );
    const endpoint = new aws.bedrock.AgentcoreAgentRuntimeEndpoint(
      name,
      {
        name: RUNTIME_ENDPOINT,
        agentRuntimeId: runtime.agentRuntimeId,
        agentRuntimeVersion: args.agentRuntimeVersion,
        tags: tagsOf(args),
      },
      { parent: this, dependsOn: [logGroup] },
    );
    this.endpointArn = endpoint.agentRuntimeEndpointArn;
    this.ready = [
      endpoint,
      onlyCallers(`${name}-runtime`, { resourceArn: this.arn, callerArns }, { parent: this }),
      onlyCallers(`${name}-endpoint`, { resourceArn: this.endpointArn, callerArns }, { parent: this }),
    ];
    logs.deliver(name, this.arn, { parent: this });

    this.invocationUrl = pulumi
      .all([this.arn, endpoint.name])
      .apply(([arn, qualifier]) => invocationUrl(place.region, arn, qualifier));
    this.registerOutputs({ arn: this.arn, endpointArn: this.endpointArn, invocationUrl: this.invocationUrl });
  }

  /** Lets `role`, which must also be among the callers, invoke the runtime through its endpoint. */
  grantInvoke(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    const statement = {
      Effect: "Allow",
      Action: ["bedrock-agentcore:InvokeAgentRuntime"],
      Resource: [this.arn, this.endpointArn],
    } as const;
    return grant(name, role, [statement], { parent: this });
  }
}

function agentRuntime(
  name: string,
  args: RuntimeArgs,
  group: aws.ec2.SecurityGroup,
  parent: Runtime,
): aws.bedrock.AgentcoreAgentRuntime {
  const { network, place, workload, runtimeName, role } = args;
  const { requestHeaders, groupIds = [] } = workload;
  return new aws.bedrock.AgentcoreAgentRuntime(
    name,
    {
      agentRuntimeName: runtimeName,
      roleArn: role.arn,
      agentRuntimeArtifact: { containerConfiguration: { containerUri: workload.imageUri } },
      protocolConfiguration: { serverProtocol: workload.serverProtocol },
      networkConfiguration: {
        networkMode: "VPC",
        networkModeConfig: {
          subnets: pulumi.output(network.subnetIds).apply((it) => [...it]),
          securityGroups: [group.id, ...groupIds],
        },
      },
      ...(requestHeaders && { requestHeaderConfiguration: { requestHeaderAllowlists: [...requestHeaders] } }),
      environmentVariables: {
        AGENT_OBSERVABILITY_ENABLED: "true",
        OTEL_EXPORTER_OTLP_ENDPOINT: spansEndpoint(place.region),
        OTEL_SERVICE_NAME: workload.service,
        // By the id of the trace alone, as pods decide where one begins: whoever calls cannot have more of it recorded.
        OTEL_TRACES_SAMPLER: "traceidratio",
        OTEL_TRACES_SAMPLER_ARG: `${TRACES_SAMPLED}`,
        OTEL_RESOURCE_ATTRIBUTES: `service.version=${workload.version}`,
        ...workload.environment,
      },
      tags: tagsOf(args),
    },
    { parent, ...(args.granted && { dependsOn: [...args.granted] }) },
  );
}

function egressGroup(name: string, { network, workload }: RuntimeArgs, parent: Runtime): aws.ec2.SecurityGroup {
  const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
  const { reachesInternet, reachesNetworks = [] } = workload;
  const internet = { ...https, cidrBlocks: [...PUBLIC_RANGES], description: "Servers on the internet" };
  const networks = { ...https, cidrBlocks: [...reachesNetworks], description: "Servers in networks of the tenant" };
  return new aws.ec2.SecurityGroup(
    name,
    {
      vpcId: network.vpcId,
      description: `${name}: HTTPS to the endpoints of the VPC and to the image layers in Amazon S3`,
      ingress: [],
      egress: [
        { ...https, cidrBlocks: [network.cidr], description: "Private endpoints" },
        { ...https, prefixListIds: [network.s3PrefixListId], description: "Amazon S3" },
        ...(reachesInternet === true ? [internet] : []),
        ...(reachesNetworks.length > 0 ? [networks] : []),
      ],
    },
    { parent },
  );
}

function tagsOf({ workload }: RuntimeArgs): Readonly<Record<string, string>> {
  const { kind, service, version, tags } = workload;
  return { [TAG.kind]: kind, [TAG.service]: service, [TAG.version]: version, ...tags };
}

/** The ARN is part of the path, so its colons and slashes must be encoded. */
function invocationUrl(region: string, arn: string, qualifier: string): string {
  return `https://bedrock-agentcore.${region}.amazonaws.com/runtimes/${encodeURIComponent(arn)}/invocations?qualifier=${qualifier}`;
}
