import * as pulumi from "@pulumi/pulumi";
import { KIND } from "../../environments/tags.ts";
import { mcpTarget } from "../gateway/mcp-target.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { VendedLogs } from "../observability/vended-logs.ts";
import type { Place, PrivateNetwork } from "../place.ts";
import { imageUri } from "./image-repository.ts";
import { runtimeName } from "./runtime-name.ts";
import { runtimeRole } from "./runtime-role.ts";
import { Runtime } from "./runtime.ts";

/** One release of an MCP server of one tenant, and the gateways that offer it. */
export interface McpServerArgs {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly tenant: string;
  readonly release: { readonly service: string; readonly version: string; readonly digest: string };
  /** Name under which its gateways offer it. */
  readonly targetName: string;
  /** The gateways of the scenarios that it serves: nobody else may call it. */
  readonly gateways: readonly Gateway[];
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly logs: VendedLogs;
}

/** An MCP server on AgentCore Runtime that answers only to its tenant's gateways (premises 1 and 6). */
export class McpServer extends pulumi.ComponentResource {
  constructor(name: string, args: McpServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:compute:McpServer", name, {}, opts);
    const { place, network, tenant, release, targetName, gateways, kmsKeyArn, logs } = args;
    const service = `mcp-${release.service}`;
    const identity = { place, service, runtimeName: runtimeName(tenant, service, release.version) };

    const runtime = new Runtime(
      name,
      {
        place,
        network,
        workload: {
          kind: KIND.mcpServer,
          service: release.service,
          version: release.version,
          serverProtocol: "MCP",
          imageUri: imageUri(place, service, release.digest),
          environment: { TENANT_ID: tenant },
        },
        runtimeName: identity.runtimeName,
        role: runtimeRole(name, identity, { parent: this }),
        callerArns: gateways.map((it) => it.role.arn),
        kmsKeyArn,
        logs,
      },
      { parent: this },
    );
    for (const gateway of gateways) {
      mcpTarget(`${gateway.scenario}-${targetName}`, { gateway, runtime, targetName }, { parent: this });
    }

    this.registerOutputs({});
  }
}
