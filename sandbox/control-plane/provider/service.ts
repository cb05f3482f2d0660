import { createRequire } from "node:module";
import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { ConfigurationError, type SandboxPackage, callerOf } from "../caller-of-provider.ts";
import type { CheckFailure } from "../catalogue/spec.ts";
import type { Caller } from "../cloud/caller.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { Lifecycle } from "../lifecycle.ts";
import type { PreviewMode } from "../preview-mode.ts";
import type { Store } from "../store/store.ts";
import { type Values, decode, fromStruct, holdsUnknown } from "../wire.ts";
import { statusOf } from "./failures.ts";
import { checkResponse, create, diff, invoke, read, remove, subjectOf, update } from "./messages.ts";

type Handler<Q, R> = (
  call: { readonly request: Q },
  reply: (error: Partial<grpc.StatusObject> | null, response?: R) => void,
) => void;

/** The gRPC `ResourceProvider` of one package over the sandbox cloud; the engine runs one for each provider resource. */
export function providerService(
  pkg: SandboxPackage,
  parts: { readonly cloud: Cloud; readonly store: Store; readonly mode: PreviewMode },
): grpc.UntypedServiceImplementation {
  const { cloud, store, mode } = parts;
  const lifecycle = new Lifecycle(cloud);
  let configured: Caller | undefined;
  const caller = (): Caller => {
    if (configured === undefined) throw new TypeError("the provider is not configured");
    return configured;
  };
  return {
    ...unimplemented(),
    ...handshakes(pkg),
    configure: answer((it: provider.ConfigureRequest) => {
      configured = callerOf(pkg, decode(fromStruct(it.getArgs())), store);
      const response = new provider.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),
    checkConfig: answer((it: provider.CheckRequest) => {
      const news = fromStruct(it.getNews());
      return checkResponse(news, configFailures(pkg, parts, decode(news)));
    }),
    check: answer((it: provider.CheckRequest) => {
      const olds = it.hasOlds() ? nonEmpty(fromStruct(it.getOlds())) : undefined;
      const { inputs, failures } = lifecycle.check(caller(), subjectOf(it), olds, fromStruct(it.getNews()));
      return checkResponse(inputs, failures);
    }),
    diff: answer((it: provider.DiffRequest) => diff(cloud, caller(), it)),
    create: answer((it: provider.CreateRequest) => create(lifecycle, mode, caller(), it)),
    update: answer((it: provider.UpdateRequest) => update(lifecycle, mode, caller(), it)),
    read: answer((it: provider.ReadRequest) => read(cloud, caller(), it)),
    delete: answer((it: provider.DeleteRequest) => remove(cloud, caller(), it)),
    invoke: answer((it: provider.InvokeRequest) => invoke(cloud, caller(), it)),
  };
}

function handshakes(pkg: string): grpc.UntypedServiceImplementation {
  const { version } = createRequire(import.meta.url)(`@pulumi/${pkg}/package.json`) as { readonly version: string };
  return {
    handshake: answer(() => {
      const response = new provider.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    getPluginInfo: answer(() => {
      const response = new plugin.PluginInfo();
      response.setVersion(version.replace(/^v/, ""));
      return response;
    }),
    getSchema: answer(() => {
      const response = new provider.GetSchemaResponse();
      response.setSchema(JSON.stringify({ name: pkg, version: version.replace(/^v/, "") }));
      return response;
    }),
    attach: answer(() => new empty.Empty()),
    cancel: answer(() => new empty.Empty()),
  };
}

/** What is wrong with a configuration: its properties against the schema first, then the account and region that they stand for. */
function configFailures(
  pkg: SandboxPackage,
  { cloud, store }: { readonly cloud: Cloud; readonly store: Store },
  config: Values,
): readonly CheckFailure[] {
  const failures = cloud.checkConfig(pkg, config);
  if (failures.length > 0 || holdsUnknown(config)) return failures;
  try {
    callerOf(pkg, config, store);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return [error];
    throw error;
  }
}

function answer<Q, R>(handle: (request: Q) => R): Handler<Q, R> {
  return ({ request }, reply) => {
    try {
      reply(null, handle(request));
    } catch (error) {
      reply(statusOf(error));
    }
  };
}

function unimplemented(): grpc.UntypedServiceImplementation {
  const refuse: Handler<unknown, never> = (_, reply) =>
    reply({ code: grpc.status.UNIMPLEMENTED, details: "the sandbox does not implement this" });
  return Object.fromEntries(Object.keys(providerGrpc.ResourceProviderService).map((method) => [method, refuse]));
}

function nonEmpty<T extends object>(values: T): T | undefined {
  return Object.keys(values).length > 0 ? values : undefined;
}
