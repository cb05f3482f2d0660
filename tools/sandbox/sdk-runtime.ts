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
  disconnectSync(): void;
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
