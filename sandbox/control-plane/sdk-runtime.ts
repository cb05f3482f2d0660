import type pulumi from "@pulumi/pulumi";
import providerServer from "@pulumi/pulumi/provider/server.js";
import rpcModule from "@pulumi/pulumi/runtime/rpc.js";
import settingsModule from "@pulumi/pulumi/runtime/settings.js";
import stackModule from "@pulumi/pulumi/runtime/stack.js";
import stateModule from "@pulumi/pulumi/runtime/state.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/**
 * The parts of the SDK's runtime that its declarations leave out as internal: how the Automation API's inline programs and the
 * provider server run a program in a process of somebody else's. One place, so that an upgrade of the SDK is judged in one place.
 */
interface SdkRuntime {
  /** Runs `callback` with a runtime state of its own. */
  withLocalStorage<T>(callback: () => Promise<T>): Promise<T>;
  resetOptions(
    project: string,
    stack: string,
    parallel: number,
    engine: string,
    monitor: string,
    preview: boolean,
    organization: string,
  ): void;
  awaitFeatureSupport(): Promise<void>;
  /** Resolves when every registration under way has been answered; rejects with the first that failed. */
  waitForRPCs(): Promise<void>;
  getStore(): { readonly settings: { monitor?: object; engine?: object } };
  runInPulumiStack(program: () => unknown): Promise<unknown>;
  serializeResourceProperties(
    label: string,
    inputs: pulumi.Inputs,
  ): Promise<[Record<string, unknown>, Map<string, Set<pulumi.Resource>>]>;
  deserializeInputs(inputs: Struct | undefined, dependencies: unknown): Promise<pulumi.Inputs>;
}

/** The SDK's internal runtime functions, typed. */
export const sdkRuntime = {
  ...settingsModule,
  ...stackModule,
  ...stateModule,
  ...rpcModule,
  ...providerServer,
} as unknown as SdkRuntime;

/** What stands in for the gRPC clients of a monitor and an engine. */
export interface MonitorClientPair {
  readonly monitor: object;
  readonly engine: object;
}

/** Connects the runtime of the current local storage to clients in this process, for a preview of `stack`. */
export async function connect(
  { project, stack }: { readonly project: string; readonly stack: string },
  clients: MonitorClientPair,
): Promise<void> {
  sdkRuntime.resetOptions(project, stack, -1, "in-process", "in-process", true, "organization");
  Object.assign(sdkRuntime.getStore().settings, clients);
  await sdkRuntime.awaitFeatureSupport();
}
