import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeDiagnostic, AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

const PACK = fileURLToPath(new URL("../../../policies", import.meta.url));
const RUN_POLICY_PACK = fileURLToPath(import.meta.resolve("@pulumi/pulumi/cmd/run-policy-pack/index.js"));

/** How the engine may start a pack: by the SDK's host, or as a program of its own. */
export const STARTS: Readonly<Record<string, readonly string[]>> = {
  "by the SDK's host": [RUN_POLICY_PACK, "127.0.0.1:1", PACK],
  "as a program": [`${PACK}/main.mjs`, "127.0.0.1:1", PACK],
};

/** A resource as the engine would show it. */
export interface Shown {
  readonly type: string;
  readonly name: string;
  readonly properties?: Record<string, unknown>;
  readonly links?: Readonly<Record<string, readonly string[]>>;
  readonly isComponent?: boolean;
}

type Method = (request: unknown, callback: (error: Error | null, response: unknown) => void) => void;

/** The pack in a process of its own, driven as the engine drives it. */
export class PackProcess {
  readonly #process: ChildProcess;
  readonly #client: grpc.Client;
  readonly #stack: string;

  private constructor(process: ChildProcess, port: number, stack: string) {
    this.#process = process;
    this.#client = new services.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    this.#stack = stack;
  }

  static async start({
    args = STARTS["as a program"] ?? [],
    stack = "playground",
    dryRun = false,
    env = {},
  }: {
    args?: readonly string[];
    stack?: string;
    dryRun?: boolean;
    env?: Record<string, string>;
  }): Promise<PackProcess> {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const pack = new PackProcess(child, Number(line), stack);
    const request = new proto.AnalyzerStackConfigureRequest();
    request.setStack(stack);
    request.setProject("alicerce");
    request.setDryRun(dryRun);
    await pack.#call("configureStack", request);
    return pack;
  }

  /** The process id, for measurements. */
  get pid(): number {
    return this.#process.pid ?? Number.NaN;
  }

  info(): Promise<AnalyzerInfo> {
    return this.#call<AnalyzerInfo>("getAnalyzerInfo", new empty.Empty());
  }

  /** Sends levels by the names of policies, as the engine reads them from `--policy-pack-config`; rejects where the pack refuses them. */
  async configure(
    levels: Readonly<Record<string, proto.EnforcementLevel>>,
    settings: Record<string, struct.JavaScriptValue> = {},
  ): Promise<void> {
    const request = new proto.ConfigureAnalyzerRequest();
    for (const [name, level] of Object.entries(levels)) {
      const config = new proto.PolicyConfig();
      config.setEnforcementlevel(level);
      config.setProperties(struct.Struct.fromJavaScript(settings));
      request.getPolicyconfigMap().set(name, config);
    }
    await this.#call("configure", request);
  }

  async announce(it: Shown): Promise<AnalyzeDiagnostic[]> {
    const request = new proto.AnalyzeRequest();
    request.setType(it.type);
    request.setName(it.name);
    request.setUrn(this.urnOf(it));
    request.setProperties(
      struct.Struct.fromJavaScript((it.properties ?? {}) as Record<string, struct.JavaScriptValue>),
    );
    if (it.isComponent !== true) request.setProvider(this.#provider());
    return (await this.#call<AnalyzeResponse>("analyze", request)).getDiagnosticsList();
  }

  async conclude(...all: readonly Shown[]): Promise<AnalyzeDiagnostic[]> {
    const request = new proto.AnalyzeStackRequest();
    request.setResourcesList(all.map((it) => this.#registered(it)));
    return (await this.#call<AnalyzeResponse>("analyzeStack", request)).getDiagnosticsList();
  }

  urnOf({ type, name }: Pick<Shown, "type" | "name">): string {
    return `urn:pulumi:${this.#stack}::alicerce::${type}::${name}`;
  }

  stop(): void {
    this.#client.close();
    this.#process.kill();
  }

  #provider(): InstanceType<typeof proto.AnalyzerProviderResource> {
    const provider = new proto.AnalyzerProviderResource();
    provider.setType("pulumi:providers:aws");
    provider.setName("aws");
    provider.setUrn(this.urnOf({ type: "pulumi:providers:aws", name: "aws" }));
    provider.setProperties(struct.Struct.fromJavaScript({ region: "eu-west-1" }));
    return provider;
  }

  #registered(it: Shown): InstanceType<typeof proto.AnalyzerResource> {
    const resource = new proto.AnalyzerResource();
    resource.setType(it.type);
    resource.setName(it.name);
    resource.setUrn(this.urnOf(it));
    resource.setProperties(struct.Struct.fromJavaScript({ onlyOutputs: "come here" }));
    if (it.isComponent !== true) resource.setProvider(this.#provider());
    for (const [input, urns] of Object.entries(it.links ?? {})) {
      const from = new proto.AnalyzerPropertyDependencies();
      from.setUrnsList([...urns]);
      resource.getPropertydependenciesMap().set(input, from);
    }
    return resource;
  }

  #call<Response>(method: string, request: unknown): Promise<Response> {
    const client = this.#client as unknown as Record<string, Method>;
    return promisify(client[method]!.bind(this.#client))(request) as Promise<Response>;
  }
}
