import { createRequire } from "node:module";
import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { ConfigurationError, type SandboxPackage, callerOf } from "../callers.ts";
import type { Caller, Cloud, Subject } from "../cloud/cloud.ts";
import { ignoring } from "../cloud/ignored.ts";
import { type CheckFailure, Lifecycle } from "../lifecycle.ts";
import type { PreviewMode } from "../preview-mode.ts";
import type { Store } from "../store/store.ts";
import { type Values, decode, encode, fromStruct, holdsUnknown, secretsOf, toStruct } from "../wire.ts";
import { failed } from "./failures.ts";

type Handler<Q, R> = (
  call: { readonly request: Q },
  reply: (error: Partial<grpc.StatusObject> | null, response?: R) => void,
) => void;

/** The gRPC `ResourceProvider` of one package over the sandbox cloud; the engine runs one for each provider instance. */
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
      return checked(news, configFaults(pkg, parts, decode(news)));
    }),
    check: answer((it: provider.CheckRequest) => {
      const olds = it.hasOlds() ? nonEmpty(fromStruct(it.getOlds())) : undefined;
      const { inputs, failures } = lifecycle.check(caller(), subjectOf(it), olds, fromStruct(it.getNews()));
      return checked(inputs, failures);
    }),
    diff: answer((it: provider.DiffRequest) => diff(cloud, caller(), it)),
    create: answer((it: provider.CreateRequest) => create(lifecycle, mode, caller(), it)),
    update: answer((it: provider.UpdateRequest) => update(lifecycle, mode, caller(), it)),
    read: answer((it: provider.ReadRequest) => read(cloud, caller(), it)),
    delete: answer((it: provider.DeleteRequest) => remove(cloud, caller(), it)),
    invoke: answer((it: provider.InvokeRequest) => invoked(cloud, caller(), it)),
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

function create(
  lifecycle: Lifecycle,
  mode: PreviewMode,
  caller: Caller,
  it: provider.CreateRequest,
): provider.CreateResponse {
  const inputs = fromStruct(it.getProperties());
  const { id, properties } = it.getPreview()
    ? lifecycle.previewCreate(caller, subjectOf(it), inputs, mode)
    : lifecycle.create(caller, subjectOf(it), inputs);
  const response = new provider.CreateResponse();
  response.setId(id);
  response.setProperties(toStruct(properties));
  return response;
}

function update(
  lifecycle: Lifecycle,
  mode: PreviewMode,
  caller: Caller,
  it: provider.UpdateRequest,
): provider.UpdateResponse {
  const change = { id: it.getId(), olds: fromStruct(it.getOlds()), news: fromStruct(it.getNews()) };
  const properties = it.getPreview()
    ? lifecycle.previewUpdate(caller, subjectOf(it), change, mode)
    : lifecycle.update(caller, subjectOf(it), change);
  const response = new provider.UpdateResponse();
  response.setProperties(toStruct(properties));
  return response;
}

function invoked(cloud: Cloud, caller: Caller, it: provider.InvokeRequest): provider.InvokeResponse {
  const response = new provider.InvokeResponse();
  response.setReturn(toStruct(encode(cloud.invoke(caller, it.getTok(), decode(fromStruct(it.getArgs()))))));
  return response;
}

/** What is wrong with a configuration: first in itself, then in what it means. */
function configFaults(
  pkg: SandboxPackage,
  { cloud, store }: { readonly cloud: Cloud; readonly store: Store },
  config: Values,
): readonly CheckFailure[] {
  const faults = cloud.faultsOfConfig(pkg, config);
  if (faults.length > 0 || holdsUnknown(config)) return faults;
  try {
    callerOf(pkg, config, store);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return [error];
    throw error;
  }
}

function diff(cloud: Cloud, caller: Caller, it: provider.DiffRequest): provider.DiffResponse {
  const before = decode(fromStruct(it.getOldInputs()));
  const wanted = ignoring(it.getIgnorechangesList(), before, decode(fromStruct(it.getNews())));
  const { changed, replaces, deleteBeforeReplace } = cloud.diff(caller, subjectOf(it), before, wanted);
  const keys = Object.keys(changed);
  const response = new provider.DiffResponse();
  response.setChanges(
    keys.length > 0 ? provider.DiffResponse.DiffChanges.DIFF_SOME : provider.DiffResponse.DiffChanges.DIFF_NONE,
  );
  response.setDiffsList(keys);
  response.setReplacesList([...replaces]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const key of keys) {
    const detail = new provider.PropertyDiff();
    const kind =
      `${(changed[key] ?? "update").toUpperCase()}${replaces.includes(key) ? "_REPLACE" : ""}` as keyof typeof provider.PropertyDiff.Kind;
    detail.setKind(provider.PropertyDiff.Kind[kind]);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(key, detail);
  }
  return response;
}

function read(cloud: Cloud, caller: Caller, it: provider.ReadRequest): provider.ReadResponse {
  const [properties, inputs] = [fromStruct(it.getProperties()), fromStruct(it.getInputs())];
  const existing = cloud.read(caller, subjectOf(it), it.getId(), decode({ ...properties, ...inputs }));
  const response = new provider.ReadResponse();
  response.setId(existing?.id ?? "");
  if (existing !== undefined) {
    const secrets = new Set([...secretsOf(properties), ...secretsOf(inputs)]);
    response.setProperties(toStruct(encode(existing.outputs, secrets)));
    response.setInputs(toStruct(encode(existing.inputs, secrets)));
  }
  return response;
}

function remove(cloud: Cloud, caller: Caller, it: provider.DeleteRequest): empty.Empty {
  const inputs = decode({ ...fromStruct(it.getProperties()), ...fromStruct(it.getOldInputs()) });
  cloud.delete(caller, subjectOf(it), it.getId(), inputs);
  return new empty.Empty();
}

function checked(
  inputs: Readonly<Record<string, unknown>>,
  failures: readonly { readonly property: string; readonly reason: string }[],
): provider.CheckResponse {
  const response = new provider.CheckResponse();
  response.setInputs(toStruct(inputs));
  for (const { property, reason } of failures) {
    const failure = new provider.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

function answer<Q, R>(handle: (request: Q) => R): Handler<Q, R> {
  return ({ request }, reply) => {
    try {
      reply(null, handle(request));
    } catch (error) {
      reply(failed(error));
    }
  };
}

function unimplemented(): grpc.UntypedServiceImplementation {
  const refuse: Handler<unknown, never> = (_, reply) =>
    reply({ code: grpc.status.UNIMPLEMENTED, details: "the sandbox does not implement this" });
  return Object.fromEntries(Object.keys(providerGrpc.ResourceProviderService).map((method) => [method, refuse]));
}

function subjectOf(it: { getUrn(): string }): Subject {
  const urn = it.getUrn();
  const qualified = urn.split("::")[2] ?? "";
  return { urn, type: qualified.split("$").at(-1) ?? qualified };
}

function nonEmpty<T extends object>(values: T): T | undefined {
  return Object.keys(values).length > 0 ? values : undefined;
}
