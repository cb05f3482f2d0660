import {
  type BedrockAgentCoreControlClient,
  GetAgentRuntimeCommand,
  GetAgentRuntimeEndpointCommand,
  GetGatewayCommand,
  paginateListGatewayTargets,
} from "@aws-sdk/client-bedrock-agentcore-control";
import { RUNTIME_ENDPOINT } from "../../../../contracts/identifiers.ts";
import { asked, isMissing } from "./aws-problem.ts";
import { MISSING, type Deployments, type DeploymentStatus } from "./deployments.ts";
import { requireOwner } from "../services.ts";

type Gateway = DeploymentStatus["gateways"][number];
type Server = DeploymentStatus["servers"][number];

/** Whose gateways and runtimes they are. */
export interface AgentcoreDeploymentsOptions {
  readonly client: BedrockAgentCoreControlClient;
  readonly tenantId: string;
  /** Ids of gateways by their scenarios. */
  readonly gateways: ReadonlyMap<string, string>;
  /** Ids of runtimes by the names of their servers. */
  readonly runtimes: ReadonlyMap<string, string>;
}

/** What AgentCore says of the tenant's own gateways and runtimes. */
export class AgentcoreDeployments implements Deployments {
  private readonly options: AgentcoreDeploymentsOptions;

  constructor(options: AgentcoreDeploymentsOptions) {
    this.options = options;
  }

  async status(tenantId: string, signal: AbortSignal): Promise<DeploymentStatus> {
    const { gateways, runtimes } = this.options;
    requireOwner(this.options.tenantId, tenantId);
    return {
      gateways: await Promise.all(
        [...gateways].map(([name, id]) =>
          orMissing({ name, reasons: [], targets: [] }, () => this.gateway(name, id, signal)),
        ),
      ),
      servers: await Promise.all(
        [...runtimes].map(([name, id]) => orMissing({ name, endpoints: [] }, () => this.server(name, id, signal))),
      ),
    };
  }

  private async gateway(name: string, gatewayIdentifier: string, abortSignal: AbortSignal): Promise<Gateway> {
    const { client } = this.options;
    return asked(`the status of gateway "${name}"`, async () => {
      const it = await client.send(new GetGatewayCommand({ gatewayIdentifier }), { abortSignal });
      const targets: Gateway["targets"] = [];
      for await (const { items } of paginateListGatewayTargets({ client }, { gatewayIdentifier }, { abortSignal })) {
        for (const { name: target = "", status = "", updatedAt } of items ?? [])
          targets.push({ name: target, status, ...moment(updatedAt) });
      }
      return { name, status: it.status ?? "", reasons: it.statusReasons ?? [], ...moment(it.updatedAt), targets };
    });
  }

  /** Not the environment variables, which say where the tenant's secrets are. */
  private async server(name: string, agentRuntimeId: string, abortSignal: AbortSignal): Promise<Server> {
    const { client } = this.options;
    return asked(`the status of server "${name}"`, async () => {
      const it = await client.send(new GetAgentRuntimeCommand({ agentRuntimeId }), { abortSignal });
      const endpoint = await this.endpoint(agentRuntimeId, abortSignal);
      const imageDigest = it.agentRuntimeArtifact?.containerConfiguration?.containerUri?.split("@")[1];
      const { failureReason: reason, agentRuntimeVersion: runtimeVersion } = it;
      const known = present({ reason, runtimeVersion, imageDigest });
      return { name, status: it.status ?? "", ...known, ...moment(it.lastUpdatedAt), endpoints: [endpoint] };
    });
  }

  /** The one endpoint that the gateways call. AWS permits to list endpoints of all runtimes of an account alone, so it is asked for by name. */
  private async endpoint(agentRuntimeId: string, abortSignal: AbortSignal): Promise<Server["endpoints"][number]> {
    const name = RUNTIME_ENDPOINT;
    return orMissing({ name }, async () => {
      const command = new GetAgentRuntimeEndpointCommand({ agentRuntimeId, endpointName: name });
      const { status = "", liveVersion, targetVersion } = await this.options.client.send(command, { abortSignal });
      return { name, status, ...present({ liveVersion, targetVersion }) };
    });
  }
}

async function orMissing<Known extends object, Found extends { status: string }>(
  known: Known,
  work: () => Promise<Found>,
): Promise<Found | (Known & { status: string })> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return { ...known, status: MISSING };
    throw error;
  }
}

function moment(date: Date | undefined): { updatedAt?: string } {
  return date === undefined ? {} : { updatedAt: date.toISOString() };
}

function present<Name extends string>(values: { readonly [N in Name]: string | undefined }): { [N in Name]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, it]) => it !== undefined)) as { [N in Name]?: string };
}
