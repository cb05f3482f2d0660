import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import resourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { fromStruct, toStruct } from "../wire.ts";
import { construct } from "./construct.ts";
import type { Registered, StackMonitor } from "./stack-monitor.ts";

/** What a program's runtime talks to, in the same process, and what went wrong while it did. */
export interface MonitorClients {
  readonly monitor: object;
  readonly engine: object;
  /** What was asked and could not be answered, in order. */
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

/** Answers the `ResourceMonitor` and `Engine` protocols of one stack, message for message as over gRPC but without a wire. */
export function monitorClients(monitor: StackMonitor): MonitorClients {
  const refusals: string[] = [];
  const errors: string[] = [];
  const warnings: string[] = [];
  const engine = client(engineMethods({ errors, warnings }));
  const context: Context = { monitor, clients: { monitor: {}, engine }, refused: (message) => refusals.push(message) };
  context.clients.monitor = client(monitorMethods(context));
  return { ...context.clients, refusals, errors, warnings };
}

interface Context {
  readonly monitor: StackMonitor;
  readonly clients: { monitor: object; readonly engine: object };
  readonly refused: (message: string) => void;
}

function monitorMethods(context: Context): grpc.UntypedServiceImplementation {
  const { monitor } = context;
  return {
    ...unimplemented(resourceGrpc.ResourceMonitorService),
    getDeploymentInfo: answer(context, () => {
      const info = new resource.DeploymentInfo();
      info.setSupportedfeaturesList(FEATURES);
      return info;
    }),
    supportsFeature: answer(context, () => new resource.SupportsFeatureResponse()),
    registerResource: answer(context, async (it: resource.RegisterResourceRequest) =>
      it.getRemote() ? constructed(context, it) : registered(monitor.register(it)),
    ),
    readResource: answer(context, (it: resource.ReadResourceRequest) => {
      const { urn, properties } = monitor.read(it);
      const response = new resource.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(toStruct(properties));
      return response;
    }),
    invoke: answer(context, (it: resource.ResourceInvokeRequest) => {
      const response = new resource.ResourceInvokeResponse();
      response.setReturn(toStruct(monitor.invoke(it.getTok(), fromStruct(it.getArgs()), it.getProvider())));
      return response;
    }),
    registerResourceOutputs: answer(context, (it: resource.RegisterResourceOutputsRequest) => {
      monitor.registerOutputs(it.getUrn(), fromStruct(it.getOutputs()));
      return new empty.Empty();
    }),
    signalAndWaitForShutdown: answer(context, () => new empty.Empty()),
  };
}

function engineMethods({
  errors,
  warnings,
}: {
  readonly errors: string[];
  readonly warnings: string[];
}): grpc.UntypedServiceImplementation {
  let root = "";
  const context = { refused: () => undefined };
  return {
    ...unimplemented(engineGrpc.EngineService),
    log: answer(context, (it: engine.LogRequest) => {
      if (it.getSeverity() === engine.LogSeverity.ERROR) errors.push(it.getMessage());
      if (it.getSeverity() === engine.LogSeverity.WARNING) warnings.push(it.getMessage());
      return new empty.Empty();
    }),
    getRootResource: answer(context, () => {
      const response = new engine.GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: answer(context, (it: engine.SetRootResourceRequest) => {
      root = it.getUrn();
      return new engine.SetRootResourceResponse();
    }),
  };
}

async function constructed(
  context: Context,
  request: resource.RegisterResourceRequest,
): Promise<resource.RegisterResourceResponse> {
  const { project, stack } = context.monitor.settings;
  const { urn, properties, dependencies } = await construct(request, { project, stack, clients: context.clients });
  const response = registered({ urn, id: "", properties });
  for (const [key, urns] of Object.entries(dependencies)) {
    const it = new resource.RegisterResourceResponse.PropertyDependencies();
    it.setUrnsList([...urns]);
    response.getPropertydependenciesMap().set(key, it);
  }
  return response;
}

function registered({ urn, id, properties }: Registered): resource.RegisterResourceResponse {
  const response = new resource.RegisterResourceResponse();
  response.setUrn(urn);
  response.setId(id);
  response.setObject(toStruct(properties));
  return response;
}

/** A gRPC client's methods over handlers in the same process: the last argument is the callback. */
function client(methods: grpc.UntypedServiceImplementation): object {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      (request: unknown, ...rest: readonly unknown[]) =>
        (method as Unary<unknown, unknown>)({ request }, rest.at(-1) as Reply<unknown>),
    ]),
  );
}

type Reply<R> = (error: Partial<grpc.StatusObject> | null, response?: R) => void;
type Unary<Q, R> = (
  call: { readonly request: Q },
  reply: (error: Partial<grpc.StatusObject> | null, response?: R) => void,
) => void;

function answer<Q, R>(context: Pick<Context, "refused">, handle: (request: Q) => R | Promise<R>): Unary<Q, R> {
  return ({ request }, reply) => {
    void (async () => handle(request))().then(
      (response) => reply(null, response),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        context.refused(message);
        reply(Object.assign(new Error(message), { code: grpc.status.UNKNOWN, details: message }));
      },
    );
  };
}

function unimplemented(service: object): grpc.UntypedServiceImplementation {
  const refuse: Unary<unknown, never> = (_, reply) =>
    reply({ code: grpc.status.UNIMPLEMENTED, details: "not part of a plan" });
  return Object.fromEntries(Object.keys(service).map((method) => [method, refuse]));
}
