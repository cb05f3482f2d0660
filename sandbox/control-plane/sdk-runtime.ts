import type pulumi from "@pulumi/pulumi";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import providerServer from "@pulumi/pulumi/provider/server.js";
import rpcModule from "@pulumi/pulumi/runtime/rpc.js";
import settingsModule from "@pulumi/pulumi/runtime/settings.js";
import stackModule from "@pulumi/pulumi/runtime/stack.js";
import stateModule from "@pulumi/pulumi/runtime/state.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/**
 * Internal parts of the SDK's runtime that its declarations leave out. The Automation API (inline programs) and the SDK's provider
 * server use them to run a program in their own process. They are declared here only, so that an upgrade of the SDK is checked here only.
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

/**
 * Lets the SDK of this process keep no record of its promises. It keeps a stack trace and a name for each, to tell in which place a promise was
 * made that is never settled, and that is a third of the time that a program takes.
 */
export function recordNoPromises(): void {
  (debuggable as { debuggablePromise: <T>(promise: T) => T }).debuggablePromise = (promise) => promise;
}

/** Objects with the methods of the gRPC clients of a `ResourceMonitor` and an `Engine`. */
export interface MonitorClientPair {
  readonly monitor: object;
  readonly engine: object;
}

/** Connects the SDK's runtime of the current async context to clients in this process, for a preview of `stack`. */
export async function connect(
  { project, stack }: { readonly project: string; readonly stack: string },
  clients: MonitorClientPair,
): Promise<void> {
  sdkRuntime.resetOptions(project, stack, -1, "in-process", "in-process", true, "organization");
  Object.assign(sdkRuntime.getStore().settings, clients);
  await sdkRuntime.awaitFeatureSupport();
}
