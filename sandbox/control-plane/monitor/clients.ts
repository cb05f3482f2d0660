import type grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import resourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { fromStruct, toStruct } from "../wire.ts";
import { construct } from "./construct.ts";
import { engineMethods } from "./engine-methods.ts";
import { answer, clientOf, unimplemented } from "./in-process.ts";
import type { Registered } from "./registration.ts";
import type { StackMonitor } from "./stack-monitor.ts";

/** What the SDK's runtime of a program calls, in the same process, and what went wrong meanwhile. */
export interface MonitorClients {
  readonly monitor: object;
  readonly engine: object;
  /** Messages of the requests that were refused, in order. */
  readonly refusals: readonly string[];
  /** What the program logged as errors. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const { ResourceMonitorFeature: FEATURE } = resource;
const FEATURES = [
  FEATURE.RESOURCE_MONITOR_FEATURE_SECRETS,
  FEATURE.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  FEATURE.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
  FEATURE.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  FEATURE.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
];

/** Serves the `ResourceMonitor` and `Engine` protocols of one stack with the messages of gRPC, but by calls in this process. */
export function monitorClients(monitor: StackMonitor): MonitorClients {
  const refusals: string[] = [];
  const errors: string[] = [];
  const warnings: string[] = [];
  const engine = clientOf(engineMethods({ errors, warnings }));
  const context: Context = {
    monitor,
    clients: { monitor: {}, engine },
    onRefusal: (message) => refusals.push(message),
  };
  context.clients.monitor = clientOf(monitorMethods(context));
  return { ...context.clients, refusals, errors, warnings };
}

interface Context {
  readonly monitor: StackMonitor;
  /** Both clients; a component that the monitor constructs calls them as well. */
  readonly clients: { monitor: object; readonly engine: object };
  readonly onRefusal: (message: string) => void;
}

function monitorMethods(context: Context): grpc.UntypedServiceImplementation {
  const { monitor, onRefusal } = context;
  return {
    ...unimplemented(resourceGrpc.ResourceMonitorService),
    getDeploymentInfo: answer(onRefusal, () => {
      const info = new resource.DeploymentInfo();
      info.setSupportedfeaturesList(FEATURES);
      return info;
    }),
    supportsFeature: answer(onRefusal, () => new resource.SupportsFeatureResponse()),
    registerResource: answer(onRefusal, async (it: resource.RegisterResourceRequest) =>
      it.getRemote() ? constructed(context, it) : registeredResponse(monitor.register(it)),
    ),
    readResource: answer(onRefusal, (it: resource.ReadResourceRequest) => {
      const { urn, properties } = monitor.read(it);
      const response = new resource.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(toStruct(properties));
      return response;
    }),
    invoke: answer(onRefusal, (it: resource.ResourceInvokeRequest) => {
      const response = new resource.ResourceInvokeResponse();
      response.setReturn(toStruct(monitor.invoke(it.getTok(), fromStruct(it.getArgs()), it.getProvider())));
      return response;
    }),
    registerResourceOutputs: answer(onRefusal, (it: resource.RegisterResourceOutputsRequest) => {
      monitor.registerOutputs(it.getUrn(), fromStruct(it.getOutputs()));
      return new empty.Empty();
    }),
    signalAndWaitForShutdown: answer(onRefusal, () => new empty.Empty()),
  };
}

async function constructed(
  context: Context,
  request: resource.RegisterResourceRequest,
): Promise<resource.RegisterResourceResponse> {
  const { project, stack } = context.monitor.settings;
  context.monitor.announce(request);
  const { urn, properties, dependencies } = await construct(request, { project, stack, clients: context.clients });
  const response = registeredResponse({ urn, id: "", properties });
  for (const [key, urns] of Object.entries(dependencies)) {
    const it = new resource.RegisterResourceResponse.PropertyDependencies();
    it.setUrnsList([...urns]);
    response.getPropertydependenciesMap().set(key, it);
  }
  return response;
}

function registeredResponse({ urn, id, properties }: Registered): resource.RegisterResourceResponse {
  const response = new resource.RegisterResourceResponse();
  response.setUrn(urn);
  response.setId(id);
  response.setObject(toStruct(properties));
  return response;
}
