import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Candidate, Release, RetainedRelease } from "../../releases/releases.ts";
import { MCP_REQUEST_HEADERS } from "../../contracts/headers.ts";
import { CANDIDATE, KIND, TAG } from "../../contracts/tags.ts";
import { mcpTarget } from "../gateway/mcp-target.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Statement } from "../identity/policy-document.ts";
import { grant } from "../identity/service-role.ts";
import type { VendedLogs } from "../observability/vended-logs.ts";
import type { Place, PrivateNetwork } from "../place.ts";
import { imageUri } from "./image-repository.ts";
import { runtimeName } from "./runtime-name.ts";
import { runtimeRole } from "./runtime-role.ts";
import { Runtime, type RuntimeArgs } from "./runtime.ts";

/** What one server needs of its tenant's stack, beside what all of them have. */
export interface McpServerNeeds {
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Each grants its role some of what the server calls. */
  readonly grants: readonly ((name: string, role: aws.iam.Role) => pulumi.Resource)[];
  /** What it may do besides, with what no component of the tenant stands for. */
  readonly statements?: readonly Statement[];
  /** Security groups that open what it connects to. */
  readonly groupIds?: readonly pulumi.Input<string>[];
  readonly reachesInternet?: boolean;
  /** Ranges of private addresses outside of the network in which it calls servers. */
  readonly reachesNetworks?: readonly string[];
}

type Target = aws.bedrock.AgentcoreGatewayTarget;

/** One release of an MCP server of one tenant, and the gateways that offer it. */
export interface McpServerArgs {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly tenant: string;
  readonly service: string;
  readonly release: Release | RetainedRelease | Candidate;
  /** Name under which its gateways offer it. */
  readonly targetName: string;
  /** Of the releases that offer the same resource, the one with the lowest number is read. */
  readonly resourcePriority: number;
  /** The version of its runtime that is called. */
  readonly agentRuntimeVersion: string;
  readonly needs: McpServerNeeds;
  /** The gateways of the scenarios that it serves: nobody else may call it. */
  readonly gateways: readonly Gateway[];
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly logs: VendedLogs;
}

/** An MCP server on AgentCore Runtime that answers only to its tenant's gateways (premises 1 and 6). */
export class McpServer extends pulumi.ComponentResource {
  /** What each gateway calls. */
  readonly targets: ReadonlyMap<Gateway, Target>;
  readonly runtimeId: pulumi.Output<string>;

  constructor(name: string, args: McpServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:compute:McpServer", name, {}, opts);
    const { place, network, tenant, release, targetName, needs, gateways, kmsKeyArn, logs } = args;
    const { agentRuntimeVersion } = args;
    const service = serviceOf(args);
    const onTrial = isOnTrial(release);
    const identity = { place, service, runtimeName: runtimeName(tenant, service, release.version, { onTrial }) };

    const role = runtimeRole(name, identity, { parent: this });
    const granted = [
      ...needs.grants.map((it, index) => it(`${name}-calls-${index + 1}`, role)),
      ...(needs.statements ? [grant(`${name}-reads`, role, needs.statements, { parent: this })] : []),
    ];
    const callerArns = gateways.map((it) => it.role.arn);
    const called = {
      workload: workloadOf(args),
      runtimeName: identity.runtimeName,
      agentRuntimeVersion,
      role,
      granted,
      callerArns,
    };
    const runtime = new Runtime(name, { place, network, ...called, kmsKeyArn, logs }, { parent: this });
    this.runtimeId = runtime.id;
    const offer = (gateway: Gateway) => {
      const { resourcePriority } = args;
      const target = { gateway, runtime, targetName, resourcePriority };
      return mcpTarget(`${gateway.scenario}-${targetName}`, target, { parent: this });
    };
    this.targets = new Map(gateways.map((gateway) => [gateway, offer(gateway)]));

    this.registerOutputs({});
  }
}

/** Its name on AgentCore Runtime, and that of its repository of images. */
function serviceOf({ service }: McpServerArgs): string {
  return `mcp-${service}`;
}

function workloadOf(args: McpServerArgs): RuntimeArgs["workload"] {
  const { place, release, needs, service } = args;
  return {
    kind: KIND.mcpServer,
    service,
    version: release.version,
    serverProtocol: "MCP",
    imageUri: imageUri(place, serviceOf(args), release.digest),
    environment: needs.environment,
    requestHeaders: MCP_REQUEST_HEADERS,
    ...(needs.groupIds && { groupIds: needs.groupIds }),
    ...(needs.reachesInternet && { reachesInternet: true }),
    ...(needs.reachesNetworks && { reachesNetworks: needs.reachesNetworks }),
    tags: { ...removalOf(release), ...(isOnTrial(release) && { [TAG.track]: CANDIDATE }) },
  };
}

function isOnTrial(release: McpServerArgs["release"]): release is Candidate {
  return "weight" in release;
}

function removalOf(release: McpServerArgs["release"]): Readonly<Record<string, string>> {
  return "removeOn" in release ? { [TAG.removeOn]: release.removeOn } : {};
}
