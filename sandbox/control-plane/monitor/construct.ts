import type pulumi from "@pulumi/pulumi";
import type resource from "@pulumi/pulumi/proto/resource_pb.js";
import resources from "@pulumi/pulumi/resource.js";
import { constructEks } from "../eks/serve.ts";
import { type MonitorClientPair, connect, sdkRuntime } from "../sdk-runtime.ts";
import type { Values } from "../wire.ts";

/** The stack in which a constructed component registers its children, and the clients by which it does so. */
export interface ConstructTarget {
  readonly project: string;
  readonly stack: string;
  readonly clients: MonitorClientPair;
}

/** A constructed component: its URN, its outputs, and the URNs of the resources that each output came from. */
export interface Constructed {
  readonly urn: string;
  readonly properties: Values;
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** Constructs a remote component in this process, with an SDK runtime of its own and the same monitor; the engine has its provider do it. */
export async function construct(
  request: resource.RegisterResourceRequest,
  { project, stack, clients }: ConstructTarget,
): Promise<Constructed> {
  return sdkRuntime.withLocalStorage(async () => {
    await connect({ project, stack }, clients);
    const inputs = await sdkRuntime.deserializeInputs(request.getObject(), request.getPropertydependenciesMap());
    const component = constructEks(request.getName(), request.getType(), inputs, optionsOf(request));
    const urn = await promiseOf(component.urn);
    const [properties, dependencies] = await sdkRuntime.serializeResourceProperties(
      `construct ${urn}`,
      component.state,
    );
    const urnsOf = async (it: ReadonlySet<pulumi.Resource>): Promise<readonly string[]> =>
      Promise.all([...it].map(({ urn: each }) => promiseOf(each)));
    const entries = await Promise.all([...dependencies].map(async ([key, it]) => [key, await urnsOf(it)] as const));
    await sdkRuntime.waitForRPCs();
    return { urn, properties, dependencies: Object.fromEntries(entries) };
  });
}

function optionsOf(request: resource.RegisterResourceRequest): pulumi.ComponentResourceOptions {
  const providers: Record<string, pulumi.ProviderResource> = {};
  request.getProvidersMap().forEach((reference: string, pkg: string) => {
    providers[pkg] = new resources.DependencyProviderResource(reference);
  });
  const parent = request.getParent();
  return {
    providers,
    ...(parent === "" ? {} : { parent: new resources.DependencyResource(parent) }),
    dependsOn: request.getDependenciesList().map((urn: string) => new resources.DependencyResource(urn)),
    protect: request.getProtect() ?? false,
  };
}

function promiseOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}
