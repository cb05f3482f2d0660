import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { PROJECT } from "../../../../tools/engine/folders.ts";
import { fromStruct, toStruct, type Values } from "../../../../sandbox/control-plane/wire.ts";

/** A resource as the engine names it: type and logical name. */
export type Named = readonly [type: string, name: string];

/** The URN under which the engine would register a resource. */
export const urnOf = ([type, name]: Named): string =>
  `urn:pulumi:dev::alicerce::alicerce:tests:Parent$${type}::${name}`;

/** A provider plugin that runs as the engine would run it, and a client that speaks the engine's protocol to it. */
export class ProviderProcess {
  readonly child: ChildProcess;
  readonly #client: Methods;

  private constructor(child: ChildProcess, client: Methods) {
    this.child = child;
    this.#client = client;
  }

  static async start(pkg: string, env: NodeJS.ProcessEnv): Promise<ProviderProcess> {
    const child = spawnProvider([pkg, "127.0.0.1:1"], env);
    const [line] = (await once(child.stdout!, "data")) as [Buffer];
    const credentials = grpc.credentials.createInsecure();
    const client = new providerGrpc.ResourceProviderClient(`127.0.0.1:${line.toString().trim()}`, credentials);
    return new ProviderProcess(child, client as unknown as Methods);
  }

  /** Ends the process as the engine does, and says how it ended. */
  async end(): Promise<NodeJS.Signals | number | null> {
    (this.#client as unknown as grpc.Client).close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.signalCode;
    this.child.kill("SIGTERM");
    const [code, signal] = (await once(this.child, "exit")) as [number | null, NodeJS.Signals | null];
    return signal ?? code;
  }

  call<R>(method: string, request: object): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#client[method]?.(request, (error, response) => (error ? reject(error) : resolve(response as R)));
    });
  }

  ask<R>(method: string): Promise<R> {
    return this.call(method, new empty.Empty());
  }

  async configure(config: Values): Promise<provider.ConfigureResponse> {
    const request = new provider.ConfigureRequest();
    request.setArgs(toStruct(config));
    return this.call("configure", request);
  }

  /** Inputs as the provider completes them, and what is wrong with them; `method` is "check" or "checkConfig". */
  async check(resource: Named, news: Values, { olds, method = "check" }: { olds?: Values; method?: string } = {}) {
    const request = new provider.CheckRequest();
    request.setUrn(urnOf(resource));
    request.setNews(toStruct(news));
    if (olds !== undefined) request.setOlds(toStruct(olds));
    const response = await this.call<provider.CheckResponse>(method, request);
    const failures = response.getFailuresList().map((it) => ({ property: it.getProperty(), reason: it.getReason() }));
    return { inputs: fromStruct(response.getInputs()), failures };
  }

  async create(resource: Named, inputs: Values, preview = false): Promise<{ id: string; properties: Values }> {
    const request = new provider.CreateRequest();
    request.setUrn(urnOf(resource));
    request.setProperties(toStruct(inputs));
    request.setPreview(preview);
    const response = await this.call<provider.CreateResponse>("create", request);
    return { id: response.getId(), properties: fromStruct(response.getProperties()) };
  }

  async read(
    resource: Named,
    id: string,
    { inputs = {}, properties = {} }: { inputs?: Values; properties?: Values } = {},
  ) {
    const request = new provider.ReadRequest();
    request.setUrn(urnOf(resource));
    request.setId(id);
    request.setInputs(toStruct(inputs));
    request.setProperties(toStruct(properties));
    const response = await this.call<provider.ReadResponse>("read", request);
    const [now, asked] = [fromStruct(response.getProperties()), fromStruct(response.getInputs())];
    return { id: response.getId(), properties: now, inputs: asked };
  }

  async diff(resource: Named, before: Values, after: Values, ignored: readonly string[] = []) {
    const request = new provider.DiffRequest();
    request.setUrn(urnOf(resource));
    request.setId("it");
    request.setOlds(toStruct(before));
    request.setOldInputs(toStruct(before));
    request.setNews(toStruct(after));
    request.setIgnorechangesList([...ignored]);
    const response = await this.call<provider.DiffResponse>("diff", request);
    const kinds: Record<string, string> = {};
    response.getDetaileddiffMap().forEach((it, key) => {
      kinds[key] = KINDS.find(([, value]) => value === it.getKind())?.[0] ?? "";
    });
    return {
      some: response.getChanges() === provider.DiffResponse.DiffChanges.DIFF_SOME,
      kinds,
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async update(
    resource: Named,
    id: string,
    change: { olds: Values; news: Values; preview?: boolean },
  ): Promise<Values> {
    const request = new provider.UpdateRequest();
    request.setUrn(urnOf(resource));
    request.setId(id);
    request.setOlds(toStruct(change.olds));
    request.setNews(toStruct(change.news));
    request.setPreview(change.preview ?? false);
    return fromStruct((await this.call<provider.UpdateResponse>("update", request)).getProperties());
  }

  async delete(resource: Named, id: string, inputs: Values = {}): Promise<void> {
    const request = new provider.DeleteRequest();
    request.setUrn(urnOf(resource));
    request.setId(id);
    request.setProperties(toStruct(inputs));
    request.setOldInputs(toStruct(inputs));
    await this.call("delete", request);
  }

  async invoke(token: string, args: Values): Promise<Values> {
    const request = new provider.InvokeRequest();
    request.setTok(token);
    request.setArgs(toStruct(args));
    return fromStruct((await this.call<provider.InvokeResponse>("invoke", request)).getReturn());
  }
}

/** Starts the plugin's own program with exactly these arguments and, beside PATH, this environment. */
export function spawnProvider(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const { PATH } = process.env;
  return spawn(process.execPath, ["sandbox/control-plane/provider/main.ts", ...args], {
    cwd: PROJECT,
    env: { PATH, ...env },
  });
}

type Methods = Readonly<
  Record<string, (request: object, reply: (error: grpc.ServiceError | null, response: unknown) => void) => void>
>;

const KINDS = Object.entries(provider.PropertyDiff.Kind);
