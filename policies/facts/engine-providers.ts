/**
 * Providers that the engine makes itself and that create nothing in a cloud: one reads other stacks, one runs the component `eks.Cluster`,
 * whose resources are declared one by one.
 */
const ENGINE_PROVIDERS: readonly string[] = ["pulumi:providers:pulumi", "pulumi:providers:eks"];

/** Whether a type is of a provider that the engine makes by itself and that creates nothing in a cloud. */
export function isEngineProvider(type: string): boolean {
  return ENGINE_PROVIDERS.includes(type);
}
